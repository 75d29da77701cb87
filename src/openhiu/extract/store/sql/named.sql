-- What is true now, with the person of each row.
select p.*, n.person_id from prepared p left join persons n on p.person_no = n.person_no
