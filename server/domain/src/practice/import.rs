//! Decks of one's own from a file: CSV, and Anki's export “Notes in plain text”. Every row has a fate, and what is wrong
//! with a row is said in full, so that a preview can show it before anything is stored.

use std::collections::BTreeSet;

use crate::ledger::FieldError;
use crate::practice::plain::{text_of_html, without_sounds};
use crate::text::{is_clean_prose, is_forbidden};

/// Most bytes of a file.
pub const MAX_IMPORT: usize = 512 * 1024;
/// Most rows of a file, and most cards of one's own.
pub const MAX_ROWS: usize = 5_000;
const MAX_FRONT: usize = 2_000;
const MAX_BACK: usize = 10_000;
const MAX_DECK_NAME: usize = 80;

/// A card as its learner writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCard {
    pub front: String,
    pub back: String,
    /// Id of a topic of the catalogue.
    pub topic: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// True for Anki's export.
    pub from_anki: bool,
    pub rows: Vec<ImportRow>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRow {
    /// The line of the file on which it begins, from 1.
    pub line: u64,
    /// As far as it could be read.
    pub card: NewCard,
    pub fate: RowFate,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowFate {
    Added,
    /// The same front stands in an earlier row or in the deck already; left out.
    Known,
    /// Left out, for all these reasons.
    Refused(Vec<FieldError>),
}

impl Import {
    /// The cards that will be added.
    pub fn cards(self) -> Vec<NewCard> {
        self.rows.into_iter().filter(|row| row.fate == RowFate::Added).map(|row| row.card).collect()
    }
}

/// Reads a file.
///
/// Anki's export begins with lines like `#separator:tab` and says which columns hold a deck, tags, a note type or a GUID;
/// of the others the first is the front and all that follow are the back. Its HTML becomes text; a tag that is the id of
/// a topic makes the card one of that topic. Everything else is CSV (RFC 4180) with the columns front, back and, if
/// wished, topic, with or without a line of these names; tabs and semicolons separate too.
///
/// `topic` is that of rows which name none, `is_topic` says whether an id is one of the catalogue, `known` are fronts
/// that are there already. Fails with the field `file` when it is too large, too long or holds no row.
pub fn read_import(
    text: &str,
    topic: Option<&str>,
    is_topic: &dyn Fn(&str) -> bool,
    known: &BTreeSet<String>,
) -> Result<Import, FieldError> {
    if text.len() > MAX_IMPORT {
        return Err(FieldError::new("file", "file_too_large"));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let head = Head::of(text);
    let mut reader = csv::ReaderBuilder::new();
    reader.has_headers(false).flexible(true).delimiter(head.separator);
    let mut rows: Vec<ImportRow> = Vec::new();
    let mut seen = known.clone();
    let mut columns: Option<Vec<String>> = None;
    for (number, record) in reader.from_reader(head.body.as_bytes()).into_records().enumerate() {
        // Text in memory is UTF-8 and rows may have any number of fields, so no record fails.
        let Ok(record) = record else { continue };
        let fields: Vec<&str> = record.iter().collect();
        if number == 0 && !head.is_anki && names_of(&fields) {
            columns = Some(fields.iter().map(|field| field.trim().to_lowercase()).collect());
            continue;
        }
        if fields.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        if rows.len() == MAX_ROWS {
            return Err(FieldError::new("file", "too_many_rows"));
        }
        let line = record.position().map_or(0, |at| line_of(at, head.body)) + head.lines;
        let mut card = if head.is_anki { head.note(&fields, is_topic) } else { plain_row(&fields, columns.as_deref()) };
        card.topic = card.topic.or_else(|| topic.map(str::to_owned));
        let (card, wrong) = match check_card(card.clone(), is_topic) {
            Ok(card) => (card, Vec::new()),
            Err(wrong) => (card, wrong),
        };
        let fate = if !wrong.is_empty() {
            RowFate::Refused(wrong)
        } else if seen.insert(card.front.clone()) {
            RowFate::Added
        } else {
            RowFate::Known
        };
        rows.push(ImportRow { line, card, fate });
    }
    if rows.is_empty() {
        return Err(FieldError::new("file", "file_empty"));
    }
    Ok(Import { from_anki: head.is_anki, rows })
}

/// Checks a card: both sides written, at most 2 000 and 10 000 characters without control characters, a known topic.
/// Says every field that is wrong.
pub fn check_card(card: NewCard, is_topic: &dyn Fn(&str) -> bool) -> Result<NewCard, Vec<FieldError>> {
    let mut wrong = Vec::new();
    let mut side = |field: &'static str, text: String, most: usize| {
        let text = text.replace("\r\n", "\n").trim().to_owned();
        if text.is_empty() {
            wrong.push(FieldError::new(field, "missing"));
        } else if text.chars().count() > most {
            wrong.push(FieldError::new(field, "too_long"));
        } else if !is_clean_prose(&text) {
            wrong.push(FieldError::new(field, "bad_characters"));
        }
        text
    };
    let (front, back) = (side("front", card.front, MAX_FRONT), side("back", card.back, MAX_BACK));
    let topic = card.topic.map(|topic| topic.trim().to_owned()).filter(|topic| !topic.is_empty());
    if topic.as_deref().is_some_and(|topic| !is_topic(topic)) {
        wrong.push(FieldError::new("topic", "topic_unknown"));
    }
    if wrong.is_empty() { Ok(NewCard { front, back, topic }) } else { Err(wrong) }
}

/// A deck's name: one line of 1 to 80 characters.
pub fn check_deck_name(name: &str) -> Result<String, FieldError> {
    let name = name.trim();
    let code = match name.chars().count() {
        0 => "missing",
        n if n > MAX_DECK_NAME => "too_long",
        _ if name.chars().any(is_forbidden) => "bad_characters",
        _ => return Ok(name.to_owned()),
    };
    Err(FieldError::new("name", code))
}

/// What a file says of itself in its first lines.
struct Head<'a> {
    is_anki: bool,
    separator: u8,
    html: bool,
    /// Columns, from 0, that are no sides of a card, and the one with tags.
    aside: BTreeSet<usize>,
    tags: Option<usize>,
    lines: u64,
    body: &'a str,
}

impl<'a> Head<'a> {
    fn of(text: &'a str) -> Self {
        let mut head = Self { is_anki: false, separator: b',', html: false, aside: BTreeSet::new(), tags: None, lines: 0, body: text };
        let mut separator = None;
        while let Some((key, value)) = head.body.lines().next().and_then(header) {
            head.is_anki = true;
            match key {
                "separator" => separator = separator_of(value),
                "html" => head.html = value.eq_ignore_ascii_case("true"),
                "tags column" => head.tags = column(value),
                _ => {}
            }
            if key.ends_with(" column") {
                head.aside.extend(column(value));
            }
            head.body = head.body.split_once('\n').map_or("", |(_, body)| body);
            head.lines += 1;
        }
        head.separator = separator.unwrap_or_else(|| guess(head.body));
        head
    }

    /// A note of Anki as a card.
    fn note(&self, fields: &[&str], is_topic: &dyn Fn(&str) -> bool) -> NewCard {
        let clean = |field: &str| without_sounds(&if self.html { text_of_html(field) } else { field.to_owned() });
        let mut sides = fields.iter().enumerate().filter(|(at, _)| !self.aside.contains(at)).map(|(_, field)| clean(field));
        let front = sides.next().unwrap_or_default();
        let back: Vec<String> = sides.filter(|side| !side.is_empty()).collect();
        let tags = self.tags.and_then(|at| fields.get(at)).copied().unwrap_or_default();
        let topic = tags.split_whitespace().find(|tag| is_topic(tag)).map(str::to_owned);
        NewCard { front, back: back.join("\n\n"), topic }
    }
}

/// `#separator:tab` of <https://docs.ankiweb.net/importing/text-files.html#file-headers>.
fn header(line: &str) -> Option<(&str, &str)> {
    const KEYS: &[&str] = &[
        "separator",
        "html",
        "tags",
        "columns",
        "notetype",
        "deck",
        "notetype column",
        "deck column",
        "tags column",
        "guid column",
        "if matches",
    ];
    let (key, value) = line.strip_prefix('#')?.split_once(':')?;
    KEYS.contains(&key).then(|| (key, value.trim_end_matches('\r')))
}

fn separator_of(value: &str) -> Option<u8> {
    match value.to_lowercase().as_str() {
        "comma" => Some(b','),
        "semicolon" => Some(b';'),
        "tab" => Some(b'\t'),
        "space" => Some(b' '),
        "pipe" => Some(b'|'),
        "colon" => Some(b':'),
        _ => value.bytes().next().filter(|byte| value.len() == 1 && byte.is_ascii() && *byte != b'"'),
    }
}

/// Columns are counted from 1.
fn column(value: &str) -> Option<usize> {
    value.trim().parse::<usize>().ok()?.checked_sub(1)
}

/// By the first line: a tab, else a comma, else a semicolon.
fn guess(body: &str) -> u8 {
    let first = body.lines().next().unwrap_or_default();
    [b'\t', b',', b';'].into_iter().find(|&separator| first.contains(char::from(separator))).unwrap_or(b',')
}

/// The line on which a record begins; the reader counts blank lines before it as its own.
pub(crate) fn line_of(at: &csv::Position, body: &str) -> u64 {
    let rest = usize::try_from(at.byte()).ok().and_then(|byte| body.get(byte..)).unwrap_or_default();
    let blank = rest.chars().take_while(|c| matches!(c, '\n' | '\r')).filter(|c| *c == '\n').count();
    at.line() + blank as u64
}

/// True for a line of column names.
fn names_of(fields: &[&str]) -> bool {
    let names: Vec<String> = fields.iter().map(|field| field.trim().to_lowercase()).collect();
    names.iter().any(|name| name == "front") && names.iter().any(|name| name == "back")
}

fn plain_row(fields: &[&str], columns: Option<&[String]>) -> NewCard {
    let place = |name: &str, otherwise: usize| match columns {
        Some(columns) => columns.iter().position(|column| column == name),
        None => Some(otherwise),
    };
    let field = |name: &str, otherwise: usize| place(name, otherwise).and_then(|at| fields.get(at)).copied().unwrap_or_default().to_owned();
    NewCard { front: field("front", 0), back: field("back", 1), topic: Some(field("topic", 2)).filter(|topic| !topic.trim().is_empty()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Import {
        read_import(text, None, &|topic| topic == "caching", &BTreeSet::new()).unwrap()
    }

    /// `line front|back|topic: fate`.
    fn told(import: &Import) -> Vec<String> {
        let row = |row: &ImportRow| {
            let fate = match &row.fate {
                RowFate::Added => "added".to_owned(),
                RowFate::Known => "known".to_owned(),
                RowFate::Refused(wrong) => {
                    wrong.iter().map(|error| format!("{} {}", error.field, error.code)).collect::<Vec<_>>().join(", ")
                }
            };
            let NewCard { front, back, topic } = &row.card;
            format!("{} {front}|{back}|{}: {fate}", row.line, topic.as_deref().unwrap_or_default()).replace('\n', "/")
        };
        import.rows.iter().map(row).collect()
    }

    #[test]
    fn csv_rows_have_fates_and_say_all_that_is_wrong() {
        let text = format!(
            "Front,Back,Topic\n\
             What is a cache?,\"Keeps, near, what was far.\nFor a while.\",caching\n\
             ,,nowhere\n\
             \n\
             What is a cache?,again,\n\
             Only a front\n\
             {},b,\n",
            "x".repeat(2_001)
        );
        let import = read(&text);
        assert!(!import.from_anki);
        let mut told = told(&import);
        assert!(told.pop().unwrap().ends_with(": front too_long"));
        assert_eq!(
            told,
            [
                "2 What is a cache?|Keeps, near, what was far./For a while.|caching: added",
                "4 ||nowhere: front missing, back missing, topic topic_unknown",
                "6 What is a cache?|again|: known",
                "7 Only a front||: back missing",
            ]
        );
        assert_eq!(import.cards().len(), 1);
    }

    #[test]
    fn columns_may_be_named_in_any_order_and_separated_as_spreadsheets_do() {
        assert_eq!(told(&read("back;front\nb;f\n")), ["2 f|b|: added"]);
        assert_eq!(told(&read("f\tb\tcaching\r\n")), ["1 f|b|caching: added"]);
        assert_eq!(told(&read("\u{feff}f,b")), ["1 f|b|: added"]);
    }

    #[test]
    fn ankis_export_says_which_columns_are_what_and_its_html_becomes_text() {
        let text = "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n\
                    g1\tBasic\tBack end\tWhat is <b>TTL</b>?\tTime &lt;to&gt; live<br>of a key\tleech caching\n\
                    g2\tBasic\tBack end\t[sound:q.mp3]\t<img src=\"a.png\">\t\n\
                    g3\tCloze\tBack end\t\"two\nlines\"\tyes\tunknown-tag\n";
        let import = read(text);
        assert!(import.from_anki);
        assert_eq!(
            told(&import),
            ["7 What is TTL?|Time <to> live/of a key|caching: added", "8 ||: front missing, back missing", "9 two/lines|yes|: added",]
        );
    }

    #[test]
    fn what_is_there_already_is_left_out_and_a_topic_can_be_given_for_all() {
        let known = BTreeSet::from(["f".to_owned()]);
        let import = read_import("f,b\ng,b", Some("caching"), &|topic| topic == "caching", &known).unwrap();
        assert_eq!(told(&import), ["1 f|b|caching: known", "2 g|b|caching: added"]);
    }

    #[test]
    fn a_file_that_holds_nothing_or_too_much_is_refused_as_a_whole() {
        let code = |text: &str| read_import(text, None, &|_| true, &BTreeSet::new()).unwrap_err().code;
        assert_eq!(code(""), "file_empty");
        assert_eq!(code("front,back\n"), "file_empty");
        assert_eq!(code("#separator:tab\n#html:true\n"), "file_empty");
        assert_eq!(code(&"a,b\n".repeat(MAX_ROWS + 1)), "too_many_rows");
        assert_eq!(code(&"x".repeat(MAX_IMPORT + 1)), "file_too_large");
    }

    #[test]
    fn a_decks_name_is_one_line() {
        assert_eq!(check_deck_name("  SQL "), Ok("SQL".to_owned()));
        assert_eq!(check_deck_name(" ").unwrap_err().code, "missing");
        assert_eq!(check_deck_name("a\nb").unwrap_err().code, "bad_characters");
        assert_eq!(check_deck_name(&"x".repeat(81)).unwrap_err().code, "too_long");
    }
}
