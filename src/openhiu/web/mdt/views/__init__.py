"""The pages of the mdt room: teams and meetings, a person's sheet, the room, actions, the plan."""
