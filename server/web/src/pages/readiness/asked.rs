//! What a readiness page was asked for: order and length of the receipts, span of the history, and what if. All of it
//! stands in the address, so that each view can be linked.

use std::fmt::Write;
use std::str::FromStr;

use domain::path::ReceiptOrder;
use domain::time::Day;

use crate::base::query_value;
use crate::body::Form;
use crate::errors::Error;
use crate::services::what_if::Question;

/// How much of the history is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Span {
    FourWeeks,
    #[default]
    TwelveWeeks,
    All,
}

impl Span {
    pub const ALL: [Self; 3] = [Self::FourWeeks, Self::TwelveWeeks, Self::All];

    pub fn word(self) -> &'static str {
        match self {
            Self::FourWeeks => "4",
            Self::TwelveWeeks => "12",
            Self::All => "all",
        }
    }

    /// The first day that is drawn.
    pub fn from(self, today: Day) -> Day {
        match self {
            Self::FourWeeks => today.plus(-28),
            Self::TwelveWeeks => today.plus(-84),
            Self::All => Day::MIN,
        }
    }
}

impl FromStr for Span {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|span| span.word() == text).ok_or(())
    }
}

#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub order: ReceiptOrder,
    /// All receipts, not the first ones.
    pub all: bool,
    pub span: Span,
    /// None: nothing was asked.
    pub question: Option<Question>,
}

impl Asked {
    pub fn read(query: &str) -> Result<Self, Error> {
        let form = Form::parse(query)?;
        let question = form.has("trust").then(|| {
            let (role, level) = match form.raw("against").split_once(':') {
                Some((role, level)) => (Some(role.to_owned()), Some(level.to_owned())),
                None => (None, form.text("against")),
            };
            Question { finish: form.all("finish").to_vec(), trust: form.raw("trust").to_owned(), role, level }
        });
        Ok(Self {
            order: form.parsed("order", "field_malformed")?.unwrap_or_default(),
            all: form.has("all"),
            span: form
                .text("span")
                .map_or(Ok(Span::default()), |text| text.parse())
                .map_err(|()| Error::field("span", "field_malformed"))?,
            question,
        })
    }

    /// What the select of the question holds for a level of a role.
    pub fn against(question: &Question) -> String {
        let level = question.level.as_deref().unwrap_or_default();
        question.role.as_ref().map_or_else(|| level.to_owned(), |role| format!("{role}:{level}"))
    }

    /// The same view of `page` in another order.
    pub fn ordered(&self, page: &str, order: ReceiptOrder) -> String {
        Self { order, ..self.clone() }.link(page)
    }

    pub fn with_all(&self, page: &str, all: bool) -> String {
        Self { all, ..self.clone() }.link(page)
    }

    pub fn spanning(&self, page: &str, span: Span) -> String {
        Self { span, ..self.clone() }.link(page)
    }

    fn link(&self, page: &str) -> String {
        let mut link = format!("{page}?order={}&span={}", self.order.word(), self.span.word());
        if self.all {
            link.push_str("&all=1");
        }
        if let Some(question) = &self.question {
            for id in &question.finish {
                // Writing into a text cannot fail.
                let _ = write!(link, "&finish={}", query_value(id));
            }
            let (trust, against) = (query_value(&question.trust), query_value(&Self::against(question)));
            let _ = write!(link, "&trust={trust}&against={against}");
        }
        link
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_read_back_from_its_own_link() {
        let query = "order=name&span=all&all=1&finish=a&finish=b%20c&trust=linked&against=acme%2Frole%3Ajunior";
        let asked = Asked::read(query).unwrap();
        assert_eq!((asked.order, asked.all, asked.span), (ReceiptOrder::Name, true, Span::All));
        let question = asked.question.clone().unwrap();
        assert_eq!((question.finish.len(), question.role.as_deref(), question.level.as_deref()), (2, Some("acme/role"), Some("junior")));
        let link = asked.ordered("/p", ReceiptOrder::Gain);
        let again = Asked::read(link.strip_prefix("/p?").unwrap()).unwrap();
        assert_eq!((again.order, again.all, again.span, again.question), (ReceiptOrder::Gain, true, Span::All, asked.question));
        let plain = Asked::read("").unwrap();
        assert_eq!((plain.order, plain.all, plain.span, plain.question), (ReceiptOrder::Rate, false, Span::TwelveWeeks, None));
        for wrong in ["order=best", "span=5"] {
            assert!(matches!(Asked::read(wrong), Err(Error::Fields(_))), "{wrong}");
        }
    }
}
