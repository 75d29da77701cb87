select distinct {owner} as owner from incoming order by 1
