-- The benchmark's scheme by date, written by hand for DuckDB: {claims} in, {out} out. Amounts in 分.
-- Only groups over their limit, and only the one tier of a group that is partly paid, are looked at row by row.
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

-- Per person and event: 100,000 元
CREATE TEMP TABLE cut_person AS
WITH over AS (SELECT event, person FROM line WHERE benefit > 0 GROUP BY event, person HAVING sum(benefit) > 10000000),
tiered AS (
  SELECT row, event, person, date, claim, benefit,
         sum(benefit) OVER (PARTITION BY event, person, date) AS tier,
         sum(benefit) OVER (PARTITION BY event, person ORDER BY date) AS upto
  FROM line SEMI JOIN over USING (event, person)
),
quota AS (
  SELECT *, greatest(least(10000000 - (upto - tier), tier), 0)::HUGEINT AS room FROM tiered
),
part AS (
  SELECT *, (benefit * room // tier)::BIGINT AS whole, benefit * room % tier AS rest FROM quota WHERE room < tier
),
given AS (
  SELECT *, room - sum(whole) OVER g AS missing,
         row_number() OVER (PARTITION BY event, person, date ORDER BY rest DESC, claim) AS place
  FROM part WINDOW g AS (PARTITION BY event, person, date)
)
SELECT row, benefit - whole - (place <= missing)::BIGINT AS cut FROM given;

CREATE TEMP TABLE one AS
SELECT line.*, coalesce(cut, 0)::BIGINT AS cut1, (benefit - coalesce(cut, 0))::BIGINT AS left1 FROM line LEFT JOIN cut_person USING (row);

-- Per event: 50 million 元
CREATE TEMP TABLE two AS
WITH tier AS (SELECT event, date, sum(left1)::BIGINT AS tier FROM one WHERE left1 > 0 GROUP BY event, date),
room AS (
  SELECT event, date, tier,
         greatest(least(5000000000 - (sum(tier) OVER (PARTITION BY event ORDER BY date) - tier), tier), 0)::BIGINT AS room
  FROM tier
),
joined AS (SELECT one.*, room, tier FROM one LEFT JOIN room USING (event, date)),
part AS (
  SELECT row, event, date, claim, room, (left1::HUGEINT * room // tier)::BIGINT AS whole, left1::HUGEINT * room % tier AS rest
  FROM joined WHERE left1 > 0 AND room > 0 AND room < tier
),
given AS (
  SELECT row, whole, room - sum(whole) OVER (PARTITION BY event, date) AS missing,
         row_number() OVER (PARTITION BY event, date ORDER BY rest DESC, claim) AS place
  FROM part
),
kept AS (SELECT row, (whole + (place <= missing)::BIGINT)::BIGINT AS kept FROM given)
SELECT joined.* EXCLUDE (room, tier),
       CASE WHEN left1 = 0 OR room >= tier THEN left1 WHEN room = 0 THEN 0 ELSE kept END AS left2
FROM joined LEFT JOIN kept USING (row);

-- Per year: 1,500 million 元; years begin on 1 January
CREATE TEMP TABLE three AS
WITH tier AS (SELECT date, sum(left2)::BIGINT AS tier FROM two WHERE left2 > 0 GROUP BY date),
room AS (
  SELECT date, tier,
         greatest(least(150000000000 - (sum(tier) OVER (PARTITION BY year(date) ORDER BY date) - tier), tier), 0)::BIGINT AS room
  FROM tier
),
joined AS (SELECT two.*, room, tier FROM two LEFT JOIN room USING (date)),
part AS (
  SELECT row, event, date, claim, room, (left2::HUGEINT * room // tier)::BIGINT AS whole, left2::HUGEINT * room % tier AS rest
  FROM joined WHERE left2 > 0 AND room > 0 AND room < tier
),
given AS (
  SELECT row, whole, room - sum(whole) OVER (PARTITION BY date) AS missing,
         row_number() OVER (PARTITION BY date ORDER BY rest DESC, event, claim) AS place
  FROM part
),
kept AS (SELECT row, (whole + (place <= missing)::BIGINT)::BIGINT AS kept FROM given)
SELECT joined.* EXCLUDE (room, tier),
       CASE WHEN left2 = 0 OR room >= tier THEN left2 WHEN room = 0 THEN 0 ELSE kept END AS left3
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
         cut1 AS "cut_每人限额", left1 - left2 AS "cut_灾害限额", left2 - left3 AS "cut_年度限额",
         f1 + (missing > (r2 > r1)::INT + (r3 > r1)::INT)::INT AS "share_甲",
         f2 + (missing > (r1 >= r2)::INT + (r3 > r2)::INT)::INT AS "share_乙",
         f3 + (missing > (r1 >= r3)::INT + (r2 >= r3)::INT)::INT AS "share_丙",
         CASE WHEN cover IS NULL THEN 'condition' WHEN left3 = 0 THEN 'limit' END AS reason_code
  FROM placed
) TO '{out}' (FORMAT parquet);
