-- Every record that is gone after this commit: those that were and still are, and the new ones.
select owner, key, version, content from gone
anti join outlived using (owner, key)
union all
select owner, key, version, content from newly_gone
order by owner, key
