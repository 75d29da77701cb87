select p.*, n.person_id from prepared p left join persons n on p.person_no = n.person_no
