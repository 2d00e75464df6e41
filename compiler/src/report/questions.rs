//! The decisions still to take, as a questionnaire for the drafter: each open question once, why it matters for money,
//! and the possible answers as the words to write. The answers stand in the catalogue beside the finding's message:
//! attributes `why`, and `answer1` with `clause1`, `answer2` with `clause2`, … In a clause, `〔…〕` (`<…>` in English)
//! is for the drafter to fill.

use anlan_lang::diag::{Finding, Place, Severity};
use anlan_lang::texts::{self, Language};
use serde::Serialize;

/// One question. Field names are the data contract of `anlan questions --format json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// From 1, in the order of the questionnaire
    pub number: usize,
    pub code: &'static str,
    pub question: String,
    /// Why it matters for money, in one line
    pub why: Option<String>,
    pub answers: Vec<Answer>,
    /// What to do, where the catalogue has no ready answers
    pub help: Option<String>,
    /// The articles concerned
    pub articles: Vec<String>,
    #[serde(skip)]
    pub place: Option<Place>,
}

/// One possible answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    pub answer: String,
    /// What the drafter writes
    pub clause: String,
}

/// The open questions among findings, by place. A question that a finding repeats word for word is asked once.
pub fn questionnaire<'a>(findings: impl IntoIterator<Item = &'a Finding>, lang: Language) -> Vec<Question> {
    let mut open: Vec<&Finding> = findings
        .into_iter()
        .filter(|finding| finding.severity == Severity::Question && finding.acknowledged.is_none())
        .collect();
    open.sort_by(|a, b| crate::compile::by_place(a, b));
    let mut questions: Vec<Question> = Vec::new();
    for finding in open {
        let text = texts::message(lang, finding);
        if let Some(asked) = questions.iter_mut().find(|asked| asked.question == text) {
            for article in &finding.articles {
                if !asked.articles.contains(article) {
                    asked.articles.push(article.clone());
                }
            }
            continue;
        }
        let answers = answers(finding, lang);
        questions.push(Question {
            number: questions.len() + 1,
            code: finding.code.0,
            question: text,
            why: attribute(finding, "why", lang),
            help: texts::help(lang, finding).filter(|_| answers.is_empty()),
            answers,
            articles: finding.articles.clone(),
            place: finding.primary,
        });
    }
    questions
}

/// The possible answers to a finding, as the catalogue has them.
pub fn answers(finding: &Finding, lang: Language) -> Vec<Answer> {
    (1..)
        .map_while(|number| {
            Some(Answer {
                answer: attribute(finding, &format!("answer{number}"), lang)?,
                clause: attribute(finding, &format!("clause{number}"), lang)?,
            })
        })
        .collect()
}

fn attribute(finding: &Finding, name: &str, lang: Language) -> Option<String> {
    texts::attribute(lang, finding.code.0, name, &finding.args)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

    use super::*;
    use anlan_lang::diag::codes;

    #[test]
    fn every_question_has_a_reason_and_answers_in_both_languages() {
        let without: Vec<&str> = codes::ALL
            .iter()
            .filter(|(_, severity)| *severity == Severity::Question)
            .map(|(code, _)| *code)
            .filter(|code| {
                let finding = Finding::new(*code, None);
                Language::ALL
                    .iter()
                    .any(|lang| attribute(&finding, "why", *lang).is_none() || answers(&finding, *lang).is_empty())
            })
            .map(|code| code.0)
            .collect();
        assert!(without.is_empty(), "no `why`, `answer1` and `clause1` for {without:?}");
    }

    #[test]
    fn one_gap_is_asked_once() {
        let ask = |article: &str| Finding::new(codes::Q116, None).articles([article.to_owned()]);
        let questions = questionnaire(&[ask("一"), ask("二"), ask("一")], Language::Zh);
        assert_eq!(questions.len(), 1);
        assert_eq!(questions[0].articles, ["一", "二"]);
        assert!(!questions[0].answers.is_empty());
    }

    #[test]
    fn what_is_accepted_or_is_no_question_is_not_asked() {
        let mut accepted = Finding::new(codes::Q116, None);
        accepted.acknowledged = Some("文件如此".to_owned());
        let error = Finding::new(codes::P102, None);
        assert!(questionnaire(&[accepted, error], Language::En).is_empty());
    }
}
