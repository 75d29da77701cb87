-- run: the spec tables run this text on Apache Spark 4.3
/* Stretches of nights in hospital, each night once: stays that meet or overlap are one stretch. The */
/* night of a day begins on that day. Read from the last stay back, an order that every engine */
/* treats alike. */
WITH ordered AS (
  SELECT
    person_key,
    first_day,
    last_day,
    MIN(first_day) OVER (
      PARTITION BY person_key
      ORDER BY last_day DESC, first_day DESC
      rows BETWEEN UNBOUNDED preceding AND 1 preceding
    ) AS earliest_after
  FROM stays
  WHERE
    last_day > first_day
), stretches AS (
  SELECT
    person_key,
    first_day,
    last_day,
    SUM(CASE WHEN earliest_after <= last_day THEN 0 ELSE 1 END) OVER (
      PARTITION BY person_key
      ORDER BY last_day DESC, first_day DESC
      rows BETWEEN UNBOUNDED preceding AND CURRENT ROW
    ) AS stretch
  FROM ordered
)
SELECT
  person_key,
  MIN(first_day) AS first_day,
  MAX(last_day) AS last_day
FROM stretches
GROUP BY
  person_key,
  stretch
