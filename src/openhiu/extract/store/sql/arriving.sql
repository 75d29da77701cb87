select month, count(*) as rows from verdict where alive group by month
