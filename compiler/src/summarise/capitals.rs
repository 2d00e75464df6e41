//! 大写金额: an amount as formal Chinese documents spell it, by the basic rules for filling in bills and settlement
//! vouchers (《正确填写票据和结算凭证的基本规定》, annexed to 《支付结算办法》).

use crate::money::Fen;

const DIGITS: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];
const PLACES: [&str; 4] = ["", "拾", "佰", "仟"];
const SECTIONS: [&str; 5] = ["", "万", "亿", "万亿", "亿亿"];

/// `人民币叁仟万元整`. An amount that ends at 元 or 角 takes 整, one that ends at 分 does not; zeros between digits are
/// one 零, and so is a missing 角 before 分.
pub fn capitals(fen: Fen) -> String {
    let sign = if fen.0 < 0 { "负" } else { "" };
    let value = fen.0.unsigned_abs();
    let (yuan, jiao, cents) = (value / 100, value / 10 % 10, value % 10);
    let whole = if yuan > 0 || value == 0 {
        format!("{}元", integer(yuan))
    } else {
        String::new()
    };
    let rest = match (jiao, cents) {
        (0, 0) => "整".to_owned(),
        (jiao, 0) => format!("{}角整", digit(jiao)),
        (0, cents) if yuan > 0 => format!("零{}分", digit(cents)),
        (0, cents) => format!("{}分", digit(cents)),
        (jiao, cents) => format!("{}角{}分", digit(jiao), digit(cents)),
    };
    format!("人民币{sign}{whole}{rest}")
}

fn digit(value: u64) -> &'static str {
    usize::try_from(value)
        .ok()
        .and_then(|v| DIGITS.get(v))
        .copied()
        .unwrap_or_default()
}

/// Whole 元, in sections of four digits.
fn integer(value: u64) -> String {
    if value == 0 {
        return digit(0).to_owned();
    }
    let mut out = String::new();
    // Zeros passed since the last digit written
    let mut gap = false;
    for index in (0..SECTIONS.len()).rev() {
        let section = value / 10_000u64.pow(index as u32) % 10_000;
        for place in (0..PLACES.len()).rev() {
            let next = section / 10u64.pow(place as u32) % 10;
            if next == 0 {
                gap = true;
                continue;
            }
            if gap && !out.is_empty() {
                out.push('零');
            }
            gap = false;
            out.push_str(digit(next));
            out.push_str(PLACES.get(place).copied().unwrap_or_default());
        }
        if section > 0 {
            out.push_str(section_word(index, value));
            // Zeros at a section's end need no 零 where the next section begins with a digit.
            gap = false;
        }
    }
    out
}

/// 万亿 stands once: `壹万贰仟亿`, not `壹万亿贰仟亿`.
fn section_word(index: usize, value: u64) -> &'static str {
    let below = value / 100_000_000 % 10_000;
    match index {
        3 if below > 0 => "万",
        _ => SECTIONS.get(index).copied().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_spelt_as_vouchers_require() {
        let cases = [
            (0, "人民币零元整"),
            (5, "人民币伍分"),
            (30, "人民币叁角整"),
            (100, "人民币壹元整"),
            (168_032, "人民币壹仟陆佰捌拾元叁角贰分"),
            (140_950, "人民币壹仟肆佰零玖元伍角整"),
            (600_714, "人民币陆仟零柒元壹角肆分"),
            (1_640_902, "人民币壹万陆仟肆佰零玖元零贰分"),
            (32_504, "人民币叁佰贰拾伍元零肆分"),
            (10_700_053, "人民币壹拾万柒仟元伍角叁分"),
            (10_000_000, "人民币壹拾万元整"),
            (92_600_000, "人民币玖拾贰万陆仟元整"),
            (3_000_000_000, "人民币叁仟万元整"),
            (10_000_500_000, "人民币壹亿零伍仟元整"),
            (1_001_000_000, "人民币壹仟零壹万元整"),
            (1_000_100, "人民币壹万零壹元整"),
            (120_000_000_000_000, "人民币壹万贰仟亿元整"),
            (100_000_000_000_000, "人民币壹万亿元整"),
            (-100, "人民币负壹元整"),
        ];
        for (fen, text) in cases {
            assert_eq!(capitals(Fen(fen)), text, "{fen}");
        }
    }
}
