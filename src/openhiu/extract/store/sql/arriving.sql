-- How many arriving rows are true from now on, by month.
select month, count(*) as rows from verdict where alive group by month
