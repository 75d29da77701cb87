"""Pages of retention: the queue, one record's appraisal, schedules, holds, certificates."""
