-- Everyone on a list since the service started, with the first such list.
select list_rows.site_code, list_rows.person_key, min(list_rows.list_no) as list_no
from list_rows
inner join list_sites on list_sites.site_code = list_rows.site_code
where list_rows.list_no >= list_sites.start_no
group by list_rows.site_code, list_rows.person_key
