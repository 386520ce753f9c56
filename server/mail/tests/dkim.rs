//! DKIM signatures, checked by a reading of RFC 6376 and RFC 8463 that shares no code with what signs.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::account::{CleanName, MailAddress};
use domain::time::Instant;
use ed25519_dalek::{Signature, SigningKey, VerifyingKey};
use letters::Letter;
use mail::testing::Server;
use mail::*;
use sha2::{Digest, Sha256};

fn squeezed(text: &str) -> String {
    text.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Relaxed body (RFC 6376, 3.4.4).
fn relaxed_body(body: &str) -> String {
    let lines = body.split("\r\n").map(|line| {
        let indented = line.starts_with([' ', '\t']) && !line.trim().is_empty();
        format!("{}{}", if indented { " " } else { "" }, squeezed(line))
    });
    let mut lines: Vec<String> = lines.collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.iter().map(|line| format!("{line}\r\n")).collect()
}

struct Parsed {
    headers: Vec<(String, String)>,
    body: String,
}

fn parse(data: &str) -> Parsed {
    let (head, body) = data.split_once("\r\n\r\n").unwrap();
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in head.split("\r\n") {
        if line.starts_with([' ', '\t']) {
            headers.last_mut().unwrap().1.push_str(line);
        } else {
            let (name, value) = line.split_once(':').unwrap();
            headers.push((name.to_ascii_lowercase(), value.to_owned()));
        }
    }
    Parsed { headers, body: body.to_owned() }
}

fn tag<'a>(signature: &'a str, name: &str) -> &'a str {
    signature.split(';').find_map(|part| part.trim().strip_prefix(name)?.trim_start().strip_prefix('=')).unwrap().trim()
}

/// The names that the signature covers, if it holds.
fn verify(data: &str, key: &VerifyingKey) -> Result<Vec<String>, &'static str> {
    let mail = parse(data);
    let signature = &mail.headers.iter().find(|(name, _)| name == "dkim-signature").ok_or("no signature")?.1;
    assert_eq!((tag(signature, "a"), tag(signature, "c")), ("ed25519-sha256", "relaxed/relaxed"));
    let bytes = |name: &str| STANDARD.decode(tag(signature, name).replace([' ', '\r', '\n', '\t'], "")).unwrap();
    if bytes("bh") != Sha256::digest(relaxed_body(&mail.body)).as_slice() {
        return Err("body hash");
    }
    let names: Vec<String> = tag(signature, "h").split(':').map(|name| name.trim().to_owned()).collect();
    let mut signed = String::new();
    for name in &names {
        let (_, value) = mail.headers.iter().rfind(|(other, _)| other == name).ok_or("a signed header is missing")?;
        signed.push_str(&format!("{name}:{}\r\n", squeezed(value)));
    }
    let mark = tag(signature, "b");
    let bare = signature.replace(mark, "");
    signed.push_str(&format!("dkim-signature:{}", squeezed(&bare)));
    let signature = Signature::from_slice(&bytes("b")).unwrap();
    key.verify_strict(&Sha256::digest(signed), &signature).map_err(|_| "signature")?;
    Ok(names)
}

fn outgoing(list: bool) -> Outgoing {
    Outgoing {
        message_id: "<0a@harbour.example>".to_owned(),
        to_name: CleanName::parse("Ådå Okafor").unwrap(),
        to: MailAddress::parse("ada@harbour.example").unwrap(),
        letter: Letter {
            subject: "Your week: 72 claimed, 58 proven, and what comes next, and more so that it is folded".to_owned(),
            text: "Two  blanks, a tab\there and trailing ones  \n\n  indented\n\n\n".to_owned(),
            html: "<p>Größe</p>".to_owned(),
            language: "en".to_owned(),
        },
        list: list.then(|| List {
            id: "digest.harbour.example".to_owned(),
            unsubscribe: "https://waymark.harbour.example/unsubscribe/2f9c".to_owned(),
        }),
        date: Instant::from_micros(1_795_372_200_000_000),
    }
}

async fn carried(outgoing: &Outgoing, key: &SigningKey) -> String {
    let server = Server::start();
    let dkim = Dkim { domain: "harbour.example".to_owned(), selector: "w1".to_owned(), key: STANDARD.encode(key.to_bytes()) };
    check_dkim(&dkim).unwrap();
    let sender = Sender {
        name: CleanName::parse("Waymark").unwrap(),
        address: MailAddress::parse("waymark@harbour.example").unwrap(),
        dkim: Some(dkim),
    };
    let options = SmtpOptions {
        host: server.host(),
        port: server.port(),
        tls: Tls::None,
        user: None,
        password: None,
        timeout: Duration::from_secs(20),
        hello: "waymark.harbour.example".to_owned(),
        root_certificate: None,
    };
    Mailer::new(sender, Transport::Smtp(Smtp::new(options))).send(outgoing).await.unwrap();
    server.received().remove(0).data
}

#[tokio::test]
async fn a_signature_holds_and_covers_what_must_not_be_swapped() {
    let key = SigningKey::from_bytes(&[5; 32]);
    let data = carried(&outgoing(true), &key).await;
    let names = verify(&data, &key.verifying_key()).unwrap();
    for name in ["from", "to", "subject", "date", "message-id", "auto-submitted", "list-id", "list-unsubscribe", "list-unsubscribe-post"] {
        assert!(names.iter().any(|other| other == name), "{name} is not signed: {names:?}");
    }
}

#[tokio::test]
async fn whoever_swaps_the_link_or_the_body_breaks_the_signature() {
    let key = SigningKey::from_bytes(&[5; 32]);
    let data = carried(&outgoing(true), &key).await;
    let swaps = [("/unsubscribe/2f9c", "/unsubscribe/0000"), ("One-Click", "Two-Click"), ("Two  blanks", "Two blankets"), ("<0a@", "<0b@")];
    for (from, to) in swaps {
        assert!(data.contains(from), "{from}: {data}");
        assert!(verify(&data.replace(from, to), &key.verifying_key()).is_err(), "{from}");
    }
    assert!(verify(&data, &SigningKey::from_bytes(&[6; 32]).verifying_key()).is_err());
}

#[tokio::test]
async fn a_letter_that_is_no_list_is_signed_without_the_lists_headers() {
    let key = SigningKey::from_bytes(&[5; 32]);
    let data = carried(&outgoing(false), &key).await;
    let names = verify(&data, &key.verifying_key()).unwrap();
    assert!(names.iter().all(|name| !name.starts_with("list-")), "{names:?}");
}

#[test]
fn keys_that_cannot_sign_are_told_so_in_a_sentence() {
    let dkim =
        |key: &str, domain: &str, selector: &str| Dkim { domain: domain.to_owned(), selector: selector.to_owned(), key: key.to_owned() };
    let good = STANDARD.encode([1; 32]);
    assert_eq!(check_dkim(&dkim("-----BEGIN PRIVATE KEY-----\nx", "a.example", "s")), Err(DkimError::Pkcs8));
    assert_eq!(check_dkim(&dkim("-----BEGIN RSA PRIVATE KEY-----\nx", "a.example", "s")), Err(DkimError::Unreadable));
    assert_eq!(check_dkim(&dkim("short", "a.example", "s")), Err(DkimError::Unreadable));
    assert_eq!(check_dkim(&dkim(&good, "a.example; h=", "s")), Err(DkimError::Name("domain")));
    assert_eq!(check_dkim(&dkim(&good, "a.example", "")), Err(DkimError::Name("selector")));
    assert_eq!(check_dkim(&dkim(&good, "a.example", "w1")), Ok(()));
    assert!(!format!("{:?}", dkim(&good, "a.example", "w1")).contains(&good));
}
