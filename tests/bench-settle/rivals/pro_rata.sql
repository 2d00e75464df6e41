-- The benchmark's scheme pro rata, written by hand for DuckDB: {claims} in, {out} out. Amounts in 分.
CREATE TEMP TABLE line AS
WITH repeated AS (SELECT claim FROM '{claims}' GROUP BY claim HAVING count(*) > 1),
read AS (
  SELECT file_row_number AS row, claim, date, event, person, peril, harm, liable, injury_grade,
         (expense * 100)::BIGINT AS expense,
         CASE WHEN peril IN ('flood', 'gale', 'lightning', 'hail', 'earthquake', 'landslide', 'debris_flow') THEN '自然灾害'
              WHEN liable IN ('not_found', 'unable') THEN '意外事故' END AS cover
  FROM read_parquet('{claims}', file_row_number = true)
  WHERE date >= DATE '2004-01-01' AND date < DATE '2024-01-01' AND claim NOT IN (FROM repeated)
)
SELECT row, claim, date, event, person, cover, harm,
       CASE WHEN cover IS NULL THEN 0
            WHEN harm = 'death' THEN 10000000
            WHEN harm = 'disability' THEN (11 - injury_grade[6:]::INT) * 1000000
            ELSE least(expense, CASE cover WHEN '自然灾害' THEN 2000000 ELSE 1000000 END) END::BIGINT AS benefit
FROM read
WHERE cover IS NULL OR event IS NOT NULL;

-- Per event: 50 million 元, pro rata
CREATE TEMP TABLE three AS
WITH room AS (
  SELECT event, sum(benefit)::BIGINT AS tier, least(sum(benefit), 5000000000)::BIGINT AS room
  FROM line WHERE benefit > 0 GROUP BY event
),
joined AS (SELECT line.*, room, tier FROM line LEFT JOIN room USING (event)),
part AS (
  SELECT row, event, date, claim, room, (benefit::HUGEINT * room // tier)::BIGINT AS whole, benefit::HUGEINT * room % tier AS rest
  FROM joined WHERE benefit > 0 AND room > 0 AND room < tier
),
given AS (
  SELECT row, whole, room - sum(whole) OVER (PARTITION BY event) AS missing,
         row_number() OVER (PARTITION BY event ORDER BY rest DESC, date, claim) AS place
  FROM part
),
kept AS (SELECT row, (whole + (place <= missing)::BIGINT)::BIGINT AS kept FROM given)
SELECT joined.* EXCLUDE (room, tier),
       CASE WHEN benefit = 0 OR room >= tier THEN benefit WHEN room = 0 THEN 0 ELSE kept END AS left3
FROM joined LEFT JOIN kept USING (row);

COPY (
  WITH shared AS (
    SELECT *, left3 * 50 // 100 AS f1, left3 * 30 // 100 AS f2, left3 * 20 // 100 AS f3,
           left3 * 50 % 100 AS r1, left3 * 30 % 100 AS r2, left3 * 20 % 100 AS r3
    FROM three
  ),
  placed AS (SELECT *, left3 - f1 - f2 - f3 AS missing FROM shared)
  SELECT claim, cover, benefit, left3 AS paid,
         CASE WHEN benefit = 0 THEN 'no cover' WHEN left3 = 0 THEN 'exhausted' END AS reason,
         benefit - left3 AS "cut_灾害限额",
         f1 + (missing > (r2 > r1)::INT + (r3 > r1)::INT)::INT AS "share_甲",
         f2 + (missing > (r1 >= r2)::INT + (r3 > r2)::INT)::INT AS "share_乙",
         f3 + (missing > (r1 >= r3)::INT + (r2 >= r3)::INT)::INT AS "share_丙",
         CASE WHEN cover IS NULL THEN 'condition' WHEN left3 = 0 THEN 'limit' END AS reason_code
  FROM placed
) TO '{out}' (FORMAT parquet);
