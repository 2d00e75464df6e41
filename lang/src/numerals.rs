//! Chinese numerals: documents print amounts (`三万元`) and number articles (`十二`) with them, files write digits.

/// What `三万元` should be written as: `3万元`; `None` for other words.
pub fn in_digits(word: &str) -> Option<String> {
    let unit = word.trim_start_matches(|c| digit(c).is_some() || multiplier(c).is_some());
    let numerals = word.strip_suffix(unit)?;
    if numerals.is_empty() || unit.is_empty() {
        return None;
    }
    let value = value(numerals)?;
    Some(match value {
        v if v >= 100_000_000 && v % 100_000_000 == 0 => format!("{}亿{unit}", v / 100_000_000),
        v if v >= 10_000 && v % 10_000 == 0 => format!("{}万{unit}", v / 10_000),
        v => format!("{v}{unit}"),
    })
}

/// The value of one numeral from 〇 to 九; 两 is 2.
pub fn digit(c: char) -> Option<u64> {
    Some(match c {
        '零' | '〇' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

fn multiplier(c: char) -> Option<u64> {
    Some(match c {
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    })
}

/// `二十三万五千` → 235000
fn value(numerals: &str) -> Option<u64> {
    // Hundreds of millions, ten thousands, the section below, and the digits not yet multiplied.
    let (mut total, mut middle, mut section, mut last) = (0u64, 0u64, 0u64, 0u64);
    for c in numerals.chars() {
        if let Some(value) = digit(c) {
            last = last.checked_mul(10)?.checked_add(value)?;
            continue;
        }
        let by = multiplier(c)?;
        if by < 10_000 {
            // 十 alone is ten.
            section = section.checked_add(last.max(1).checked_mul(by)?)?;
        } else {
            let below = section.checked_add(last)?;
            section = 0;
            if by == 10_000 {
                middle = middle.checked_add(below)?.checked_mul(by)?;
            } else {
                total = total.checked_add(middle)?.checked_add(below)?.checked_mul(by)?;
                middle = 0;
            }
        }
        last = 0;
    }
    total.checked_add(middle)?.checked_add(section)?.checked_add(last)
}

#[cfg(test)]
mod tests {
    use super::in_digits;

    #[test]
    fn numerals_become_digits() {
        let check = |word, expect: Option<&str>| assert_eq!(in_digits(word).as_deref(), expect, "{word}");
        check("三万元", Some("3万元"));
        check("十元", Some("10元"));
        check("二十三万五千元", Some("235000元"));
        check("七十二小时", Some("72小时"));
        check("一亿二千万元", Some("12000万元"));
        check("二〇二三年", Some("2023年"));
        check("元", None);
        check("三万", None);
    }
}
