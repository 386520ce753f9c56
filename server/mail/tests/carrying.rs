//! Mail over a scripted server and into a folder.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use domain::account::{CleanName, MailAddress};
use domain::ids::PublicId;
use domain::time::Instant;
use letters::Letter;
use mail::testing::{Answer, CERTIFICATE, Gate, Received, Server, Setup, USER};
use mail::*;

fn letter() -> Letter {
    Letter {
        subject: "Your week: 72 claimed, 58 proven".to_owned(),
        text: "Ada, you can prove more\n.\n.leading dot\n-- \nbye\n".to_owned(),
        html: "<!doctype html>\n<p>Ada, you can prove more. Größe, 日本</p>\n".to_owned(),
        language: "en".to_owned(),
    }
}

fn outgoing(number: u8) -> Outgoing {
    let sender = MailAddress::parse("waymark@harbour.example").unwrap();
    Outgoing {
        message_id: message_id(&PublicId::new([number; 16]), &sender),
        to_name: CleanName::parse("Ada Okafor").unwrap(),
        to: MailAddress::parse("ada@harbour.example").unwrap(),
        letter: letter(),
        list: Some(List {
            id: "digest.harbour.example".to_owned(),
            unsubscribe: format!("https://waymark.harbour.example/unsubscribe/{}", "x".repeat(66)),
        }),
        date: Instant::try_from("2026-11-22T18:30:00.123456Z".to_owned()).unwrap(),
    }
}

fn sender(dkim: Option<Dkim>) -> Sender {
    Sender {
        name: CleanName::parse("Waymark at Harbour School").unwrap(),
        address: MailAddress::parse("waymark@harbour.example").unwrap(),
        dkim,
    }
}

fn options(server: &Server) -> SmtpOptions {
    SmtpOptions {
        host: server.host(),
        port: server.port(),
        tls: Tls::None,
        user: None,
        password: None,
        timeout: Duration::from_secs(20),
        hello: "waymark.harbour.example".to_owned(),
        root_certificate: None,
    }
}

fn mailer(options: SmtpOptions) -> Mailer {
    Mailer::new(sender(None), Transport::Smtp(Smtp::new(options)))
}

fn only(server: &Server) -> Received {
    let mut received = server.received();
    assert_eq!(received.len(), 1);
    received.remove(0)
}

/// Eight letters at once, to a server that takes two connections.
#[tokio::test]
async fn where_the_server_takes_no_more_connections_letters_wait_for_those_that_are_there() {
    let server = Server::start();
    server.take_at_most(2);
    let gates = [Gate::new(), Gate::new()];
    server.script(gates.iter().cloned().map(Answer::Hold));
    let mailer = std::sync::Arc::new(mailer(options(&server)));
    let mut letters = tokio::task::JoinSet::new();
    for number in 1..=8 {
        let mailer = std::sync::Arc::clone(&mailer);
        letters.spawn(async move { mailer.send(&outgoing(number)).await });
    }
    for gate in &gates {
        gate.reached().await;
    }
    server.wait_until_turned_away(1).await;
    gates.iter().for_each(Gate::open);
    while let Some(sent) = letters.join_next().await {
        sent.unwrap().unwrap();
    }
    assert_eq!((server.received().len(), server.connections()), (8, 2));
    let turned_away = server.turned_away();
    assert!((1..=6).contains(&turned_away), "whoever was told so does not knock again for each letter: {turned_away}");

    // Once they are closed, the next letter begins anew.
    mailer.close().await;
    server.wait_until_open(0).await;
    mailer.send(&outgoing(9)).await.unwrap();
    assert_eq!(server.connections(), 3);
}

/// Then there is none to wait for.
#[tokio::test]
async fn a_server_that_takes_no_connection_at_all_is_said_at_once() {
    let server = Server::start();
    server.take_at_most(0);
    let mailer = std::sync::Arc::new(mailer(options(&server)));
    let mut letters = tokio::task::JoinSet::new();
    for number in 1..=8 {
        let mailer = std::sync::Arc::clone(&mailer);
        letters.spawn(async move { mailer.send(&outgoing(number)).await });
    }
    while let Some(sent) = letters.join_next().await {
        let error = sent.unwrap().unwrap_err();
        assert!(error.transient && !error.perhaps_sent && error.text.contains("421"), "{error:?}");
    }
    assert_eq!(server.turned_away(), 8, "each knocked once");
}

#[tokio::test]
async fn a_letter_arrives_with_all_that_filters_ask_for() {
    let server = Server::start();
    mailer(options(&server)).send(&outgoing(1)).await.unwrap();
    let mail = only(&server);
    assert_eq!((mail.from.as_str(), mail.to.as_slice()), ("waymark@harbour.example", ["ada@harbour.example".to_owned()].as_slice()));
    let expected = [
        ("From", "\"Waymark at Harbour School\" <waymark@harbour.example>"),
        ("To", "\"Ada Okafor\" <ada@harbour.example>"),
        ("Subject", "Your week: 72 claimed, 58 proven"),
        ("Date", "Sun, 22 Nov 2026 18:30:00 +0000"),
        ("Message-ID", "<01010101010101010101010101010101@harbour.example>"),
        ("Auto-Submitted", "auto-generated"),
        ("Content-Language", "en"),
        ("List-Id", "<digest.harbour.example>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ("MIME-Version", "1.0"),
    ];
    for (name, value) in expected {
        assert_eq!(mail.header(name).as_deref(), Some(value), "{name}");
    }
    assert_eq!(mail.header("List-Unsubscribe"), Some(format!("<{}>", outgoing(1).list.unwrap().unsubscribe)));
    assert!(mail.header("Content-Type").unwrap().starts_with("multipart/alternative;"));
    let (plain, html) = (mail.data.find("text/plain").unwrap(), mail.data.find("text/html").unwrap());
    assert!(plain < html, "the plain part comes first");
    assert!(mail.data.contains("\r\n.\r\n.leading dot\r\n"), "{}", mail.data);
    assert!(mail.data.is_ascii() && mail.data.lines().all(|line| line.len() <= 998));
}

#[tokio::test]
async fn names_are_encoded_and_stripped_of_what_could_end_a_header() {
    let server = Server::start();
    let mut outgoing = outgoing(1);
    outgoing.to_name = CleanName::parse("Ådå \"Öko\", <x@y.example>").unwrap();
    outgoing.letter.subject = "Week\r\nBcc: all@harbour.example\u{202e}".to_owned();
    mailer(options(&server)).send(&outgoing).await.unwrap();
    let mail = only(&server);
    assert_eq!(mail.to, ["ada@harbour.example"]);
    assert!(mail.header("Bcc").is_none());
    assert_eq!(mail.header("Subject").as_deref(), Some("Week Bcc: all@harbour.example"));
    assert!(mail.header("To").unwrap().contains("=?utf-8?b?"), "{:?}", mail.header("To"));
    assert!(mail.header("To").unwrap().ends_with("<ada@harbour.example>"));
}

#[tokio::test]
async fn the_same_letter_is_the_same_bytes() {
    let server = Server::start();
    let mailer = mailer(options(&server));
    mailer.send(&outgoing(1)).await.unwrap();
    mailer.send(&outgoing(1)).await.unwrap();
    let received = server.received();
    assert_eq!(received[0].data, received[1].data);
}

#[tokio::test]
async fn a_connection_is_kept_for_the_next_letter() {
    let server = Server::start();
    let mailer = mailer(options(&server));
    for number in 0..5 {
        mailer.send(&outgoing(number)).await.unwrap();
    }
    assert_eq!((server.received().len(), server.connections()), (5, 1));
    mailer.close().await;
    assert_eq!(server.quits(), 1);
    mailer.send(&outgoing(6)).await.unwrap();
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn letters_at_the_same_time_have_connections_of_their_own() {
    let server = Server::start();
    let mailer = mailer(options(&server));
    let gate = Gate::new();
    server.script([Answer::Hold(gate.clone())]);
    let (first, second) = (outgoing(1), outgoing(2));
    let both = async {
        tokio::join!(mailer.send(&first), async {
            gate.reached().await;
            let second = mailer.send(&second).await;
            assert_eq!(server.received().len(), 2, "the second passed the first");
            gate.open();
            second
        })
    };
    let (first, second) = both.await;
    assert!(first.is_ok() && second.is_ok());
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_connection_that_the_server_closed_is_replaced_unnoticed() {
    let server = Server::start();
    let mailer = mailer(options(&server));
    server.script([Answer::DropAfterAnswer]);
    mailer.send(&outgoing(1)).await.unwrap();
    mailer.send(&outgoing(2)).await.unwrap();
    assert_eq!((server.received().len(), server.connections()), (2, 2));
}

#[tokio::test]
async fn refusals_are_told_apart_by_their_class() {
    // answer, transient, perhaps sent, letters the server holds
    let cases = [
        (Answer::Code(451), true, false, 0),
        (Answer::Code(550), false, false, 0),
        (Answer::Code(554), false, false, 0),
        (Answer::RecipientCode(450), true, false, 0),
        (Answer::RecipientCode(550), false, false, 0),
        (Answer::Code(530), true, false, 0),
        (Answer::DropBeforeBody, true, false, 0),
        (Answer::DropInsteadOfAnswer, true, true, 1),
    ];
    for (answer, transient, perhaps_sent, held) in cases {
        let server = Server::start();
        let mailer = mailer(options(&server));
        server.script([answer.clone()]);
        let error = mailer.send(&outgoing(1)).await.unwrap_err();
        assert_eq!((error.transient, error.perhaps_sent), (transient, perhaps_sent), "{answer:?}: {error}");
        assert_eq!(server.received().len(), held, "{answer:?}");
        mailer.send(&outgoing(2)).await.unwrap_or_else(|error| panic!("after {answer:?}: {error}"));
    }
}

#[tokio::test]
async fn a_refusal_costs_no_connection() {
    let server = Server::start();
    let mailer = mailer(options(&server));
    server.script([Answer::RecipientCode(550), Answer::Code(451)]);
    mailer.send(&outgoing(1)).await.unwrap_err();
    mailer.send(&outgoing(2)).await.unwrap_err();
    mailer.send(&outgoing(3)).await.unwrap();
    assert_eq!((server.connections(), server.tries()), (1, 3));
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_left_after_the_timeout() {
    let server = Server::start();
    let gate = Gate::new();
    server.script([Answer::Hold(gate.clone())]);
    let options = SmtpOptions { timeout: Duration::from_millis(300), ..options(&server) };
    let error = mailer(options).send(&outgoing(1)).await.unwrap_err();
    assert!(error.transient && error.perhaps_sent, "{error}");
    assert_eq!(server.received().len(), 1);
    gate.open();
}

#[tokio::test]
async fn no_server_is_a_passing_failure() {
    let server = Server::start();
    let closed = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let error = mailer(SmtpOptions { port: closed, ..options(&server) }).send(&outgoing(1)).await.unwrap_err();
    assert!(error.transient && !error.perhaps_sent && error.text.contains("no connection"), "{error}");
    let nowhere = SmtpOptions { host: "nowhere.invalid".to_owned(), ..options(&server) };
    let error = mailer(nowhere).send(&outgoing(1)).await.unwrap_err();
    assert!(error.transient && !error.perhaps_sent, "{error}");
}

#[tokio::test]
async fn both_kinds_of_tls_reach_a_trusted_server_only() {
    for tls in [Tls::Implicit, Tls::StartTls] {
        let server = Server::start_with(Setup { tls, login: true });
        let (user, password) = USER;
        let trusting = SmtpOptions {
            host: "localhost".to_owned(),
            tls,
            user: Some(user.to_owned()),
            password: Some(password.to_owned()),
            root_certificate: Some(CERTIFICATE.to_owned()),
            ..options(&server)
        };
        let kept = mailer(trusting.clone());
        kept.send(&outgoing(1)).await.unwrap_or_else(|error| panic!("{tls:?}: {error}"));
        kept.send(&outgoing(2)).await.unwrap();
        assert_eq!((server.received().len(), server.connections()), (2, 1), "{tls:?}");

        let doubting = SmtpOptions { root_certificate: None, ..trusting.clone() };
        let error = mailer(doubting).send(&outgoing(3)).await.unwrap_err();
        assert!(error.transient && error.text.contains("no TLS"), "{tls:?}: {error}");

        let wrong = SmtpOptions { password: Some("wrong".to_owned()), ..trusting };
        let error = mailer(wrong).send(&outgoing(4)).await.unwrap_err();
        assert!(error.transient && error.text.contains("not let in"), "{tls:?}: {error}");
        assert!(!error.text.contains("wrong"), "{error}");
        assert_eq!(server.received().len(), 2);
    }
}

#[tokio::test]
async fn starttls_is_never_left_out_silently() {
    let server = Server::start();
    let options = SmtpOptions { tls: Tls::StartTls, ..options(&server) };
    let error = mailer(options).send(&outgoing(1)).await.unwrap_err();
    assert!(error.transient && error.text.contains("STARTTLS"), "{error}");
    assert_eq!(server.received().len(), 0);
}

#[tokio::test]
async fn the_folder_holds_whole_mails_under_names_that_sort_by_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mail");
    let mailer = Mailer::new(sender(None), Transport::Folder(Folder::new(&path)));
    mailer.send(&outgoing(1)).await.unwrap();
    let mut strange = outgoing(2);
    strange.message_id = "<../../etc/passwd@harbour.example>".to_owned();
    mailer.send(&strange).await.unwrap();
    let mut names: Vec<String> = std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let expected =
        ["20261122T183000Z-.._.._etc_passwd@harbour.example.eml", "20261122T183000Z-01010101010101010101010101010101@harbour.example.eml"];
    assert_eq!(names, expected);
    let written = std::fs::read_to_string(path.join(&names[1])).unwrap();
    assert!(written.contains("Message-ID: <01010101010101010101010101010101@harbour.example>\r\n"));
    assert!(written.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
}

#[tokio::test]
async fn the_folder_forgets_the_mails_of_whom_it_is_told_and_no_others() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mail");
    let written = Folder::new(&path);
    assert_eq!(written.forget(&["<none@harbour.example>".to_owned()]).unwrap(), 0, "a folder that is not there holds none");
    let mailer = Mailer::new(sender(None), Transport::Folder(written.clone()));
    let mut strange = outgoing(3);
    strange.message_id = "<../../etc/passwd@harbour.example>".to_owned();
    for letter in [&outgoing(1), &outgoing(2), &strange] {
        mailer.send(letter).await.unwrap();
    }
    let half = path.join(format!(".20261122T183000Z-{}.eml.part", outgoing(1).message_id.trim_matches(['<', '>'])));
    std::fs::write(half, "half a mail").unwrap();
    assert_eq!(written.forget(&[outgoing(1).message_id, strange.message_id]).unwrap(), 3);
    let names: Vec<String> = std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(names, [format!("20261122T183000Z-{}.eml", outgoing(2).message_id.trim_matches(['<', '>']))]);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_a_passing_failure() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mail");
    std::fs::write(&path, "a file is in the way").unwrap();
    let error = Mailer::new(sender(None), Transport::Folder(Folder::new(&path))).send(&outgoing(1)).await.unwrap_err();
    assert!(error.transient && !error.perhaps_sent);
}

#[tokio::test]
async fn an_unsubscribe_link_that_is_none_is_refused() {
    let server = Server::start();
    for link in ["mailto:x@y.example", "https://a.example/>,<https://b.example", "javascript:alert(1)", "https://a.example/\r\nBcc: x"] {
        let mut outgoing = outgoing(1);
        outgoing.list = Some(List { id: "d.example".to_owned(), unsubscribe: link.to_owned() });
        let error = mailer(options(&server)).send(&outgoing).await.unwrap_err();
        assert!(!error.transient, "{link}");
    }
    assert_eq!(server.tries(), 0);
}
