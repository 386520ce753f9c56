//! Requests over kept connections, with as little of our own work as can be: the same bytes again and again, and every
//! answer checked.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::measure::{Slice, now};
use crate::process::cpu_seconds;

/// One kept connection.
pub struct Connection {
    reader: BufReader<TcpStream>,
    writer: TcpStream,
}

/// An answer's status and body.
pub struct Reply {
    pub status: u16,
    pub body: Vec<u8>,
    /// Head and body as they came over the wire.
    pub wire: u64,
}

impl Connection {
    pub fn open(port: u16) -> Self {
        let writer = TcpStream::connect(("127.0.0.1", port)).expect("the server listens");
        writer.set_nodelay(true).unwrap();
        writer.set_read_timeout(Some(Duration::from_secs(300))).unwrap();
        Self { reader: BufReader::with_capacity(64 << 10, writer.try_clone().unwrap()), writer }
    }

    pub fn ask(&mut self, request: &[u8]) -> Reply {
        self.writer.write_all(request).expect("the request goes out");
        let mut line = String::new();
        let mut wire = self.reader.read_line(&mut line).expect("an answer") as u64;
        let status = line.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or_else(|| panic!("no status in {line:?}"));
        let mut length = None;
        let mut chunked = false;
        loop {
            line.clear();
            wire += self.reader.read_line(&mut line).expect("a header") as u64;
            if line.trim_end().is_empty() {
                break;
            }
            let (name, value) = line.split_once(':').unwrap_or_default();
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse::<usize>().ok();
            } else if name.eq_ignore_ascii_case("transfer-encoding") {
                chunked = value.trim().eq_ignore_ascii_case("chunked");
            }
        }
        let body = match length {
            Some(length) => self.exactly(length),
            None if chunked => self.chunks(),
            None => Vec::new(),
        };
        Reply { status, wire: wire + body.len() as u64, body }
    }

    fn exactly(&mut self, length: usize) -> Vec<u8> {
        let mut body = vec![0; length];
        self.reader.read_exact(&mut body).expect("the whole body");
        body
    }

    fn chunks(&mut self) -> Vec<u8> {
        let mut body = Vec::new();
        loop {
            let mut line = String::new();
            self.reader.read_line(&mut line).expect("a chunk's length");
            let length = usize::from_str_radix(line.trim(), 16).expect("a chunk's length");
            let chunk = self.exactly(length);
            self.exactly(2);
            if length == 0 {
                return body;
            }
            body.extend(chunk);
        }
    }
}

/// A request of HTTP/1.1, ready to send.
pub fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let mut text = format!("{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    if method != "GET" {
        text.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    text.push_str("\r\n");
    text.push_str(body);
    text.into_bytes()
}

/// The same GET over `clients` connections for a slice; every body must be `expected`, every status 200.
pub fn gets(port: u16, pid: u32, clients: usize, seconds: f64, request: &[u8], expected: &[u8]) -> Slice {
    let before = cpu_seconds(pid);
    let mut slice = many(clients, seconds, |_| {
        let mut connection = Connection::open(port);
        move || {
            let reply = connection.ask(request);
            assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
            assert!(reply.body == expected, "a wrong body came back");
            reply.wire
        }
    });
    slice.cpu_seconds = cpu_seconds(pid) - before;
    slice
}

/// `clients` threads, each with work of its own that gives the bytes it got; together they make one slice.
pub fn many<W: FnMut() -> u64>(clients: usize, seconds: f64, work: impl Fn(usize) -> W + Sync) -> Slice {
    let (start, length) = (now(), Duration::from_secs_f64(seconds));
    let parts: Vec<(Vec<f32>, u64)> = std::thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = (0..clients)
            .map(|client| {
                scope.spawn(move || {
                    let mut step = work(client);
                    let (mut took, mut bytes) = (Vec::new(), 0);
                    let mut last = now();
                    while start.elapsed() < length {
                        bytes += step();
                        let end = now();
                        took.push((end - last).as_secs_f32() * 1e3);
                        last = end;
                    }
                    (took, bytes)
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("a client failed")).collect()
    });
    let seconds = start.elapsed().as_secs_f64();
    let bytes = parts.iter().map(|(_, bytes)| bytes).sum();
    let mut took: Vec<f32> = parts.into_iter().flat_map(|(took, _)| took).collect();
    took.sort_by(f32::total_cmp);
    let p99_millis = took.get(took.len() * 99 / 100).copied().unwrap_or_default().into();
    Slice { done: took.len() as u64, bytes, seconds, p99_millis, ..Slice::default() }
}
