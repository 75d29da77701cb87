-- Records that are gone, kept so that an older version arriving late cannot bring them back.
select owner, key, version, content from verdict where won and not alive
union all
select owner, key, version, content from swept
