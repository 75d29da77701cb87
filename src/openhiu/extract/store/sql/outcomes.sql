-- How many arriving rows came to each outcome.
select outcome, count(*) as rows from verdict group by outcome
