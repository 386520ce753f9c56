//! What comes in: bodies and queries, with errors that name the field.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, web};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::errors::Error;
use crate::wrong_json;

mod upload;

pub use upload::{SentFile, Upload};

/// Most bytes of a JSON body or a form.
const MAX_BODY: usize = 256 * 1024;

/// How long a body may take to arrive: enough for a pack over a slow line.
const PATIENCE: Duration = Duration::from_secs(120);

type Extracting<T> = Pin<Box<dyn Future<Output = Result<T, Error>>>>;

/// A JSON body, and what is needed to answer its repetition.
pub struct Json<T> {
    pub value: T,
    pub once: Once,
}

/// The `Idempotency-Key` of a request, if it has one, with a fingerprint of what was asked.
#[derive(Clone, Debug)]
pub struct Once {
    pub key: Option<String>,
    /// SHA-256 over method, path and body.
    pub fingerprint: [u8; 32],
}

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = Error;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            if !is(&request, "application/json") {
                return Err(Error::Rule("body_wrong_type"));
            }
            let bytes = read(payload, MAX_BODY).await?;
            let once = Once::new(&request, &bytes)?;
            // Every body is an object; serde would take an array too, its members in the order of the fields.
            if bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[') {
                return Err(Error::detail("body_malformed", "a JSON object is expected, not an array".to_owned()));
            }
            Ok(Self { value: wrong_json::read(&bytes)?, once })
        })
    }
}

/// For writes without a body.
impl FromRequest for Once {
    type Error = Error;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let bytes = read(payload, MAX_BODY).await?;
            Self::new(&request, &bytes)
        })
    }
}

impl Once {
    /// For handlers that read the body themselves.
    pub(crate) fn new(request: &HttpRequest, body: &[u8]) -> Result<Self, Error> {
        let mut hash = Sha256::new();
        hash.update(request.method().as_str());
        hash.update([0]);
        hash.update(request.uri().path_and_query().map_or("", |path| path.as_str()));
        hash.update([0]);
        hash.update(body);
        let key = match request.headers().get("idempotency-key") {
            None => None,
            Some(value) => {
                let text = value.to_str().unwrap_or_default().trim();
                let good = (1..=100).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
                Some(good.then(|| text.to_owned()).ok_or(Error::Rule("idempotency_key_malformed"))?)
            }
        };
        Ok(Self { key, fingerprint: hash.finalize().into() })
    }

    /// For pages: a form has no key.
    pub fn never() -> Self {
        Self { key: None, fingerprint: [0; 32] }
    }
}

/// Raw bytes up to a size: packs.
pub(crate) async fn read(payload: Payload, most: usize) -> Result<Vec<u8>, Error> {
    tokio::time::timeout(PATIENCE, collect(payload, most)).await.map_err(|_| Error::Rule("body_too_slow"))?
}

async fn collect(mut payload: Payload, most: usize) -> Result<Vec<u8>, Error> {
    use futures_util::StreamExt;
    let mut bytes = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Error::Rule("body_malformed"))?;
        if bytes.len() + chunk.len() > most {
            return Err(Error::Rule("body_too_large"));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// True when the body says that it is of this type.
pub(crate) fn is(request: &HttpRequest, kind: &str) -> bool {
    let said = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    said.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(kind)
}

/// The fields of a form, as they came: a name may stand several times.
#[derive(Clone, Debug, Default)]
pub struct Form(BTreeMap<String, Vec<String>>);

impl FromRequest for Form {
    type Error = Error;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            if !is(&request, "application/x-www-form-urlencoded") {
                return Err(Error::Rule("body_wrong_type"));
            }
            let bytes = read(payload, MAX_BODY).await?;
            let text = std::str::from_utf8(&bytes).map_err(|_| Error::Rule("body_malformed"))?;
            Self::parse(text)
        })
    }
}

/// What was kept, as if it had been sent.
impl FromIterator<(String, String)> for Form {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name, vec![value])).collect())
    }
}

impl Form {
    /// Reads `a=1&b=2&a=3`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let pairs = web::Query::<Vec<(String, String)>>::from_query(text).map_err(|_| Error::Rule("body_malformed"))?;
        let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in pairs.into_inner() {
            fields.entry(name).or_default().push(value);
        }
        Ok(Self(fields))
    }

    /// The first value, as it came; empty where the field is absent.
    pub fn raw(&self, name: &str) -> &str {
        self.0.get(name).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// The first value, trimmed; none where nothing was typed.
    pub fn text(&self, name: &str) -> Option<String> {
        Some(self.raw(name).trim()).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// All values of a field with several: check boxes.
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// A value of a type that has a written form; none where nothing was typed, an error of `code` where it does not read.
    pub fn parsed<T: std::str::FromStr>(&self, name: &str, code: &'static str) -> Result<Option<T>, Error> {
        self.text(name).map(|text| text.parse().map_err(|_| Error::field(name, code))).transpose()
    }
}

/// The parts of a form with a file (`multipart/form-data`, RFC 7578).
pub(crate) struct Parts<'a>(Vec<Part<'a>>);

struct Part<'a> {
    name: String,
    /// What the sender calls it, where it is a file.
    file: Option<String>,
    content: &'a [u8],
}

impl<'a> Parts<'a> {
    /// `kind` is the `Content-Type`.
    pub(crate) fn read(kind: &str, body: &'a [u8]) -> Result<Self, Error> {
        let malformed = || Error::Rule("body_malformed");
        let boundary = kind.split(';').filter_map(|part| part.trim().strip_prefix("boundary=")).next().ok_or_else(malformed)?;
        let line = format!("--{}", boundary.trim_matches('"'));
        // Each part ends with a line end and the boundary; the first has only the boundary before it.
        let end = format!("\r\n{line}");
        let mut rest = body.strip_prefix(line.as_bytes()).ok_or_else(malformed)?;
        let mut parts = Vec::new();
        while let Some(part) = rest.strip_prefix(b"\r\n") {
            let head = find(part, b"\r\n\r\n").ok_or_else(malformed)?;
            let content = &part[head + 4..];
            let length = find(content, end.as_bytes()).ok_or_else(malformed)?;
            let (name, file) = disposition(&String::from_utf8_lossy(&part[..head]));
            parts.push(Part { name, file, content: &content[..length] });
            rest = &content[length + end.len()..];
        }
        Ok(Self(parts))
    }

    /// The first file of that name that is not empty: browsers send an empty one where none was chosen.
    pub(crate) fn file(&self, name: &str) -> Option<&'a [u8]> {
        self.0.iter().find(|part| part.file.is_some() && part.name == name && !part.content.is_empty()).map(|part| part.content)
    }

    /// The first field of that name, as it came.
    pub(crate) fn bytes(&self, name: &str) -> Option<&'a [u8]> {
        self.0.iter().find(|part| part.file.is_none() && part.name == name).map(|part| part.content)
    }

    /// The same as trimmed text; empty where the field is absent.
    pub(crate) fn text(&self, name: &str) -> String {
        self.bytes(name).map(|bytes| String::from_utf8_lossy(bytes).trim().to_owned()).unwrap_or_default()
    }
}

/// The file of a form: the one that is called `file`.
pub(crate) fn file_of(kind: &str, body: &[u8]) -> Result<Vec<u8>, Error> {
    Parts::read(kind, body)?.file("file").map(<[u8]>::to_vec).ok_or_else(|| Error::field("file", "missing"))
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    memchr::memmem::find(text, wanted)
}

/// The field that a part is of, and the file's name where it is a file.
fn disposition(head: &str) -> (String, Option<String>) {
    let line = head.lines().find(|line| line.to_ascii_lowercase().starts_with("content-disposition:")).unwrap_or_default();
    let (mut name, mut file, mut rest) = (String::new(), None, line);
    while let Some((_, more)) = rest.split_once(';') {
        let Some((key, value)) = more.split_once('=') else { break };
        // A name in quotes may have semicolons.
        let value = match value.strip_prefix('"').and_then(|quoted| quoted.split_once('"')) {
            Some((quoted, behind)) => {
                rest = behind;
                quoted
            }
            None => {
                rest = value;
                value.split(';').next().unwrap_or_default().trim()
            }
        };
        match key.trim().to_ascii_lowercase().as_str() {
            "name" => name = value.to_owned(),
            "filename" => file = Some(value.to_owned()),
            _ => {}
        }
    }
    (name, file)
}

/// The query of an address as `T`; what does not read is said.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Query<T> {
    type Error = Error;
    type Future = std::future::Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let read = web::Query::<T>::from_query(request.query_string());
        std::future::ready(read.map(|value| Self(value.into_inner())).map_err(|error| Error::detail("query_malformed", error.to_string())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_a_form_is_found_between_its_boundaries() {
        let kind = "multipart/form-data; boundary=\"x\"";
        let field = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n";
        let file = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"p\"\r\nContent-Type: a/b\r\n\r\n\0\r\n--\r\n--x--\r\n";
        let of = |body: &str| file_of(kind, body.as_bytes());
        assert_eq!(of(&format!("{field}{file}")).unwrap(), b"\0\r\n--");
        assert!(matches!(of(&format!("{field}--x--\r\n")), Err(Error::Fields(_))));
        let both = format!("{field}{file}");
        let parts = Parts::read(kind, both.as_bytes()).unwrap();
        assert_eq!((parts.text("a").as_str(), parts.text("b").as_str(), parts.file("a")), ("b", "", None));
        for wrong in ["", "--y", &file[..40], &file[..file.len() - 9]] {
            assert!(of(wrong).is_err(), "{wrong}");
        }
        assert!(file_of("multipart/form-data", file.as_bytes()).is_err());
    }

    #[test]
    fn the_name_of_a_file_is_read_as_it_was_written() {
        for (line, name, file) in [
            ("Content-Disposition: form-data; name=\"a\"", "a", None),
            ("content-disposition: form-data; name=\"files\"; filename=\"Plan; B.PDF\"", "files", Some("Plan; B.PDF")),
            ("Content-Type: x/y\r\nContent-Disposition: form-data; filename=\"\"; NAME=a", "a", Some("")),
            ("Content-Disposition: form-data; name=a; filename=b.txt; x", "a", Some("b.txt")),
            ("Content-Disposition: form-data; name=\"a", "\"a", None),
            ("X: y", "", None),
        ] {
            assert_eq!(disposition(line), (name.to_owned(), file.map(str::to_owned)), "{line}");
        }
    }

    #[test]
    fn a_form_keeps_repeated_fields_and_trims_text() {
        let form = Form::parse("a=+x+&c=1&c=2&empty=+").unwrap();
        assert_eq!(form.text("a").as_deref(), Some("x"));
        assert_eq!(form.all("c"), ["1", "2"]);
        assert_eq!(form.text("empty"), None);
        assert!(form.parsed::<u32>("a", "hours_out_of_range").is_err());
        assert_eq!(form.parsed::<u32>("c", "hours_out_of_range").unwrap(), Some(1));
    }
}
