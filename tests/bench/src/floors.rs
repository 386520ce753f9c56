//! The floors: a bare actix-web server that knows one answer, and raw fdatasync.

use std::fs::File;
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};

use actix_web::{App, HttpResponse, HttpServer, web};

use crate::measure::{Slice, for_seconds};

/// A bare server as a process of its own; killed when dropped.
pub struct BareServer {
    child: Child,
    pub port: u16,
}

impl BareServer {
    /// Serves those bytes at every path, with as many threads as ours has.
    pub fn start(folder: &Path, body: &[u8], content_type: &str, workers: usize) -> Self {
        let file = folder.join("floor-body");
        std::fs::write(&file, body).unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--be-floor", file.to_str().unwrap(), content_type, &workers.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the floor starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child, port: line.trim().parse().expect("the floor's port") }
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for BareServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The other half of [`BareServer`]: what runs in that process.
pub fn serve(arguments: &[String]) -> ExitCode {
    let [file, content_type, workers] = arguments else { return ExitCode::FAILURE };
    let body = web::Bytes::from(std::fs::read(file).expect("the body"));
    let (content_type, workers) = (content_type.clone(), workers.parse().expect("workers"));
    let served = actix_web::rt::System::new().block_on(async move {
        let server = HttpServer::new(move || {
            let (body, content_type) = (body.clone(), content_type.clone());
            App::new().default_service(web::to(move || {
                let (body, content_type) = (body.clone(), content_type.clone());
                async move { HttpResponse::Ok().insert_header(("content-type", content_type)).body(body) }
            }))
        })
        .workers(workers)
        .bind(("127.0.0.1", 0))?;
        let port = server.addrs()[0].port();
        println!("{port}");
        std::io::stdout().flush()?;
        server.run().await
    });
    if served.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Appends 4 KiB and asks the disk for it, one after another, beside the database.
pub struct RawSync {
    file: File,
}

impl RawSync {
    pub fn in_folder(folder: &Path) -> Self {
        let file = File::create(folder.join("floor-sync")).unwrap();
        Self { file }
    }

    pub fn append(&mut self) {
        self.file.write_all(&[0x5a_u8; 4096]).unwrap();
        self.file.sync_data().unwrap();
    }

    pub fn slice(&mut self, seconds: f64) -> Slice {
        self.file.set_len(0).unwrap();
        self.file.seek(SeekFrom::Start(0)).unwrap();
        for_seconds(seconds, || {
            self.append();
            1
        })
    }
}
