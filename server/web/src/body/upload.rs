//! Forms that may bring several files: a browser sends them in parts, and without a script a form without files may come
//! as any other.

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest};
use domain::attachment::{MAX_BYTES, MAX_FILES};

use super::{Extracting, Form, MAX_BODY, Parts, is, read};
use crate::errors::Error;

/// All files as large as they may be and the fields, with some room so that one that is too large gets its reason.
const MAX_UPLOAD: usize = MAX_FILES * MAX_BYTES + 4 * MAX_BODY;

/// Fields and files. Whoever takes one has a route that writes: nobody but an account can send that much.
pub struct Upload {
    pub form: Form,
    pub files: Vec<SentFile>,
}

/// A file as it came.
pub struct SentFile {
    /// What the sender calls it.
    pub name: String,
    pub content: Vec<u8>,
}

impl FromRequest for Upload {
    type Error = Error;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            if !is(&request, "multipart/form-data") {
                let form = Form::from_request(&request, &mut payload).await?;
                return Ok(Self { form, files: Vec::new() });
            }
            let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
            let bytes = read(payload, MAX_UPLOAD).await?;
            // Fifty megabytes are walked over: not on the thread that answers others.
            tokio::task::spawn_blocking(move || Self::parse(&kind, &bytes)).await.map_err(Error::machine)?
        })
    }
}

impl Upload {
    /// Files are those of the field `files`; browsers send an empty one without a name where none was chosen.
    fn parse(kind: &str, body: &[u8]) -> Result<Self, Error> {
        let (mut form, mut files) = (Form::default(), Vec::new());
        for part in Parts::read(kind, body)?.0 {
            match part.file {
                Some(name) if part.name == "files" && !(name.is_empty() && part.content.is_empty()) => {
                    files.push(SentFile { name, content: part.content.to_vec() });
                }
                Some(_) => {}
                None => {
                    let value = String::from_utf8(part.content.to_vec()).map_err(|_| Error::Rule("body_malformed"))?;
                    form.0.entry(part.name).or_default().push(value);
                }
            }
        }
        Ok(Self { form, files })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_files_of_a_form_are_told_apart() {
        let part = |head: &str, content: &str| format!("--x\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n");
        let body = [
            part("name=\"a\"", "1"),
            part("name=\"a\"", "2"),
            part("name=\"files\"; filename=\"p.txt\"", "one"),
            part("name=\"files\"; filename=\"\"", ""),
            part("name=\"files\"; filename=\"empty.txt\"", ""),
            part("name=\"other\"; filename=\"q.txt\"", "two"),
            "--x--\r\n".to_owned(),
        ]
        .concat();
        let kind = "multipart/form-data; boundary=x";
        let upload = Upload::parse(kind, body.as_bytes()).unwrap();
        assert_eq!(upload.form.all("a"), ["1", "2"]);
        let files: Vec<(&str, &[u8])> = upload.files.iter().map(|file| (file.name.as_str(), file.content.as_slice())).collect();
        assert_eq!(files, [("p.txt", b"one".as_slice()), ("empty.txt", b"")]);
        // An upload that was cut is none.
        for end in [body.len() - 9, body.len() / 2, 30] {
            assert!(Upload::parse(kind, &body.as_bytes()[..end]).is_err(), "{end}");
        }
    }
}
