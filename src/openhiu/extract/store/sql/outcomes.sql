select outcome, count(*) as rows from verdict group by outcome
