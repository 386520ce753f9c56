//! Search: what fits a few typed words, and in which order. The words of requirements, resources, notes and subjects are
//! compared in one shape: lower case, without accents. All words have to fit, each as the beginning of a word.

use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Characters of a query that are looked at; the rest is left out.
pub const MAX_QUERY: usize = 200;
const MAX_WORDS: usize = 12;

/// The shape in which texts are compared: compatibility forms resolved, lower case, accents gone. `Résumé` and `resume`
/// are the same.
pub fn fold(text: &str) -> String {
    text.nfkd().flat_map(char::to_lowercase).nfkd().filter(|c| !is_combining_mark(*c)).collect()
}

/// Signs that make another word of what they follow: C is neither C++ nor C#.
fn is_of_a_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '+' | '#')
}

/// Words of a text, folded. What has no letter and no digit is none.
fn words(text: &str) -> Vec<String> {
    fold(text).split(|c| !is_of_a_word(c)).filter(|word| word.contains(char::is_alphanumeric)).map(str::to_owned).collect()
}

/// Folded words, each behind a blank: then ` sql` is found where a word begins, and nowhere else.
fn line(text: &str) -> String {
    let mut line = String::with_capacity(text.len() + 1);
    for word in words(text) {
        line.push(' ');
        line.push_str(&word);
    }
    line
}

/// What somebody looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Each behind a blank.
    words: Vec<String>,
    line: String,
}

impl Query {
    /// None where nothing is looked for: no letter and no digit.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text.chars().take(MAX_QUERY).collect();
        let words: Vec<String> = words(&text).iter().take(MAX_WORDS).map(|word| format!(" {word}")).collect();
        (!words.is_empty()).then(|| Self { line: words.concat(), words })
    }

    /// How well a card fits; none where a word is missing.
    pub fn fit(&self, card: &Card) -> Option<Fit> {
        if card.name == self.line {
            return Some(Fit::Name);
        }
        if card.aliases.contains(&self.line) {
            return Some(Fit::Alias);
        }
        if card.name.starts_with(&self.line) {
            return Some(Fit::NameBegins);
        }
        if card.aliases.iter().any(|alias| alias.starts_with(&self.line)) {
            return Some(Fit::AliasBegins);
        }
        let all = |found: &dyn Fn(&str) -> bool| self.words.iter().all(|word| found(word));
        let in_name = |word: &str| card.name.contains(word);
        let in_names = |word: &str| in_name(word) || card.aliases.iter().any(|alias| alias.contains(word));
        if all(&in_name) {
            Some(Fit::InName)
        } else if all(&in_names) {
            Some(Fit::InAlias)
        } else if all(&|word| in_names(word) || card.text.contains(word)) {
            Some(Fit::InText)
        } else {
            None
        }
    }

    fn begins(&self, word: &str) -> bool {
        let folded = format!(" {}", fold(word));
        self.words.iter().any(|wanted| folded.starts_with(wanted.as_str()))
    }
}

/// Something that can be found, with its words folded once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    name: String,
    aliases: Vec<String>,
    text: String,
}

impl Card {
    /// `text` is all else that is said of it, in any order.
    pub fn new<'a>(name: &str, aliases: impl IntoIterator<Item = &'a str>, text: &str) -> Self {
        Self { name: line(name), aliases: aliases.into_iter().map(line).collect(), text: line(text) }
    }
}

/// How well a card fits, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// The name itself.
    Name,
    Alias,
    /// The name begins with it.
    NameBegins,
    AliasBegins,
    /// Its words are in the name.
    InName,
    /// In name and aliases together.
    InAlias,
    /// Some are in the text only.
    InText,
}

/// What fits, best first. Among those that fit alike the nearer one comes first (0 is nearest), then the shorter name,
/// then the alphabet, then the order in which they came.
pub fn best_first<'a, T>(query: &Query, things: impl IntoIterator<Item = (&'a Card, u32, T)>) -> Vec<T> {
    let mut found: Vec<(Fit, u32, &Card, T)> =
        things.into_iter().filter_map(|(card, distance, thing)| Some((query.fit(card)?, distance, card, thing))).collect();
    found.sort_by(|(fit, distance, card, _), (other_fit, other_distance, other, _)| {
        fit.cmp(other_fit).then(distance.cmp(other_distance)).then_with(|| by_name(card, other))
    });
    found.into_iter().map(|(_, _, _, thing)| thing).collect()
}

fn by_name(card: &Card, other: &Card) -> Ordering {
    card.name.len().cmp(&other.name.len()).then_with(|| card.name.cmp(&other.name))
}

/// A stretch of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    pub text: &'a str,
    /// It begins with a word that was looked for.
    pub is_hit: bool,
}

/// The whole text in pieces, with the words that fit apart from the rest.
pub fn marked<'a>(query: &Query, text: &'a str) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut done = 0;
    for (start, end) in spans(text) {
        if query.begins(&text[start..end]) {
            pieces.push(Piece { text: &text[done..start], is_hit: false });
            pieces.push(Piece { text: &text[start..end], is_hit: true });
            done = end;
        }
    }
    pieces.push(Piece { text: &text[done..], is_hit: false });
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

/// Some `most` characters around the first word that fits, cut between words; the beginning where none does. The flags say
/// whether something was left out before and behind.
pub fn excerpt<'a>(query: &Query, text: &'a str, most: usize) -> (bool, &'a str, bool) {
    let spans = spans(text);
    let hit = spans.iter().position(|&(start, end)| query.begins(&text[start..end])).unwrap_or(0);
    let Some(&(anchor, _)) = spans.get(hit) else { return (false, text, false) };
    let chars = |part: &str| part.chars().count();
    // A third of the room goes to what stands before.
    let mut from = anchor;
    for &(start, _) in spans[..hit].iter().rev() {
        if chars(&text[start..anchor]) > most / 3 {
            break;
        }
        from = start;
    }
    if spans.first().is_some_and(|&(start, _)| start == from) {
        from = 0;
    }
    let mut to = spans[hit].1;
    for &(_, end) in &spans[hit..] {
        if chars(&text[from..end]) > most {
            break;
        }
        to = end;
    }
    if chars(&text[from..]) <= most {
        to = text.len();
    }
    (from > 0, &text[from..to], to < text.len())
}

/// Where the words of a text begin and end.
fn spans(text: &str) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let mut open = None;
    for (at, c) in text.char_indices() {
        match (is_of_a_word(c), open) {
            (true, None) => open = Some(at),
            (false, Some(start)) => {
                spans.push((start, at));
                open = None;
            }
            _ => {}
        }
    }
    spans.extend(open.map(|start| (start, text.len())));
    spans
}

#[cfg(test)]
mod tests;
