select owner, key, version, content from gone
anti join outlived using (owner, key)
union all
select owner, key, version, content from newly_gone
order by owner, key
