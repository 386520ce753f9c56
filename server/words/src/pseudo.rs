//! The pseudo-locale: accents on every letter of a catalogue's own text; what comes in through a placeable is untouched.

use std::borrow::Cow;

pub(crate) fn accented(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_alphabetic()) { Cow::Owned(text.chars().map(accent).collect()) } else { Cow::Borrowed(text) }
}

fn accent(letter: char) -> char {
    const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const ACCENTED: &str = "áƀçďéƒĝĥíĵķĺɱñóþɋŕšţúṽŵẋýžÁƁÇĎÉƑĜĤÍĴĶĹṀÑÓÞɊŔŠŢÚṼŴẊÝŽ";
    PLAIN.chars().zip(ACCENTED.chars()).find_map(|(plain, accented)| (plain == letter).then_some(accented)).unwrap_or(letter)
}
