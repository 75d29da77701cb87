-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* What the attendances of the 12 months before say of housing and mental health: how often each was */
/* written down at all, and how often it pointed to a need. */
SELECT
  [journey_people].[journey_no],
  COUNT_BIG(
    CASE
      WHEN NOT [a].[accommodation_status] IS NULL
      AND NOT [a].[accommodation_status] IN (@housing_unknown)
      THEN 1
    END
  ) AS [housing_told],
  COUNT_BIG(CASE WHEN [a].[accommodation_status] IN (@not_housed) THEN 1 END) AS [not_housed],
  COUNT_BIG(
    CASE
      WHEN NOT [a].[chief_complaint] IS NULL OR NOT [a].[diagnoses] IS NULL
      THEN 1
    END
  ) AS [complaints_told],
  COUNT_BIG(
    CASE
      WHEN [a].[injury_intent] = @self_inflicted
      THEN 1
      WHEN [a].[chief_complaint] IN (@mental_health_complaints)
      THEN 1
      WHEN SUBSTRING([a].[diagnoses], 1, CHARINDEX(',', CONCAT([a].[diagnoses], ',')) - 1) IN (@mental_health_diagnoses)
      THEN 1
    END
  ) AS [mental_health]
FROM [attendances] AS [a]
LEFT JOIN [same_person]
  ON [same_person].[person_key] = [a].[person_key]
INNER JOIN [journey_people]
  ON [journey_people].[person_key] = COALESCE([same_person].[who], [a].[person_key])
  AND [a].[arrival_datetime] < [journey_people].[known_by]
  AND [a].[arrival_datetime] >= [journey_people].[known_from]
GROUP BY
  [journey_people].[journey_no]
ORDER BY
  CASE WHEN [journey_people].[journey_no] IS NULL THEN 1 ELSE 0 END, [journey_people].[journey_no]
