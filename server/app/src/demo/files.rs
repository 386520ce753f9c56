//! Files that learners of the demo hand in: text as it is, and a page of PDF made by hand.

use std::fmt::Write;

use super::batch::File;

/// The bytes of a file, by the ending of its name.
pub fn content(file: &File) -> Vec<u8> {
    if file.name.ends_with(".pdf") { pdf(file.lines) } else { format!("{}\n", file.lines.join("\n")).into_bytes() }
}

/// One A4 page of text in a font that every reader has. ASCII only, as the standard encoding of that font is.
fn pdf(lines: &[&str]) -> Vec<u8> {
    let mut text = String::from("BT /F1 12 Tf 18 TL 72 770 Td");
    for line in lines {
        let line: String = line.chars().flat_map(|c| if matches!(c, '(' | ')' | '\\') { vec!['\\', c] } else { vec![c] }).collect();
        write!(text, " ({line}) Tj T*").unwrap_or_default();
    }
    text.push_str(" ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(out.len());
        write!(out, "{number} 0 obj\n{object}\nendobj\n").unwrap_or_default();
    }
    let table = out.len();
    write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap_or_default();
    for place in places {
        writeln!(out, "{place:010} 00000 n ").unwrap_or_default();
    }
    write!(out, "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).unwrap_or_default();
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use domain::attachment::{AttachmentKind, check};

    use super::*;

    #[test]
    fn what_is_made_is_what_its_name_says_and_every_object_is_where_the_table_says() {
        let text = File { name: "notes.txt", lines: &["one", "two"] };
        assert_eq!(content(&text), b"one\ntwo\n");
        let page = File { name: "page.pdf", lines: &["Back\\slash (and brackets)"] };
        let bytes = content(&page);
        assert_eq!(check(page.name, &bytes).map(|file| file.kind), Ok(AttachmentKind::Pdf));
        let whole = String::from_utf8(bytes).unwrap();
        assert!(whole.contains(r"(Back\\slash \(and brackets\)) Tj"), "{whole}");
        let table: usize = whole.split("startxref\n").nth(1).unwrap().lines().next().unwrap().parse().unwrap();
        let rows: Vec<&str> = whole[table..].lines().skip(3).take(5).collect();
        for (number, row) in (1..).zip(rows) {
            let place: usize = row[..10].parse().unwrap();
            assert!(whole[place..].starts_with(&format!("{number} 0 obj\n")), "{row}");
            assert_eq!(row.len() + 1, 20, "a row has twenty bytes: {row:?}");
        }
    }
}
