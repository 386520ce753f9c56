//! A PostgreSQL cluster for one run of the tests: in a folder of its own, on a free port of 127.0.0.1, gone afterwards.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use crate::setup::postgres_folder;
use crate::shell::{Done, While, find_program, is_root, output};

/// A running cluster. It stops when this is dropped, and also when this process dies in any other way (ctrl-c,
/// SIGKILL): its keeper, a small shell, waits for the end of a pipe that only we hold open.
pub struct Cluster {
    keeper: Child,
    pipe: Option<ChildStdin>,
    port: u16,
    pub binaries: PathBuf,
}

/// `$0` is the folder, the rest the command of the server. Stops the server and removes the folder when stdin ends.
const KEEPER: &str = r#"trap '' INT TERM HUP
"$@" </dev/null &
server=$!
cat >/dev/null
kill -INT "$server" 2>/dev/null
wait "$server"
rm -rf "$0"
"#;

impl Cluster {
    pub fn start() -> Done<Self> {
        let binaries = postgres_folder().ok_or("PostgreSQL's server is not installed")?;
        let user = unprivileged_user()?;
        // Between asking for a free port and taking it, somebody else may: then once more.
        let mut last = String::new();
        for _ in 0..5 {
            let folder = fresh_folder(user.as_ref())?;
            match Self::start_in(&folder, &binaries, user.as_ref()) {
                Ok(cluster) => return Ok(cluster),
                Err(failure) => last = failure.to_string(),
            }
            let _ = std::fs::remove_dir_all(&folder);
        }
        Err(last.into())
    }

    fn start_in(folder: &Path, binaries: &Path, user: Option<&User>) -> Done<Self> {
        let data = folder.join("data");
        output(
            command_as(user, &binaries.join("initdb"))
                .current_dir(folder)
                .args(["--auth=trust", "--username=waymark", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"])
                .arg(&data),
        )?;
        let port = free_port()?;
        // No fsync: what is killed in the tests is Waymark, never this server, and nothing here outlives the run.
        let server = command_as(user, &binaries.join("postgres"));
        let mut keeper = Command::new("sh");
        keeper.args(["-c", KEEPER]).arg(folder).arg(server.get_program()).args(server.get_args()).arg("-D").arg(&data);
        for setting in [
            "listen_addresses=127.0.0.1",
            &format!("port={port}"),
            &format!("unix_socket_directories={}", folder.display()),
            "max_connections=300",
            "fsync=off",
            "full_page_writes=off",
            "lc_messages=C",
            "timezone=UTC",
            "logging_collector=off",
            "max_locks_per_transaction=256",
        ] {
            keeper.args(["-c", setting]);
        }
        // A group of its own, so that ctrl-c reaches the tests first and the cluster through the pipe.
        std::os::unix::process::CommandExt::process_group(&mut keeper, 0);
        let mut keeper = keeper
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .while_doing("cannot start PostgreSQL")?;
        let pipe = keeper.stdin.take();
        let log = keeper.stderr.take().ok_or("PostgreSQL's log cannot be read")?;
        let mut cluster = Self { keeper, pipe, port, binaries: binaries.to_path_buf() };
        let (tell, hear) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(log).lines().map_while(Result::ok) {
                // Nobody listens any more once the server stands; the pipe must be drained all the same.
                let _ = tell.send(line);
            }
        });
        let mut said = Vec::new();
        loop {
            match hear.recv_timeout(Duration::from_secs(60)) {
                Ok(line) if line.contains("ready to accept connections") => return Ok(cluster),
                Ok(line) => said.push(line),
                Err(_) => {
                    cluster.stop();
                    return Err(format!("PostgreSQL did not start:\n{}", said.join("\n")).into());
                }
            }
            if said.iter().any(|line| line.contains("database system is shut down") || line.contains("could not bind")) {
                cluster.stop();
                return Err(format!("PostgreSQL did not start:\n{}", said.join("\n")).into());
            }
        }
    }

    pub fn url(&self) -> String {
        format!("postgres://waymark@127.0.0.1:{}/postgres", self.port)
    }

    fn stop(&mut self) {
        drop(self.pipe.take());
        let _ = self.keeper.wait();
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Whom the server runs as when we are root, which it refuses.
struct User {
    name: &'static str,
    uid: u32,
    gid: u32,
}

fn unprivileged_user() -> Done<Option<User>> {
    if !is_root() {
        return Ok(None);
    }
    for name in ["postgres", "nobody"] {
        let ask = |flag: &str| output(Command::new("id").args([flag, name])).ok().and_then(|id| id.trim().parse().ok());
        if let (Some(uid), Some(gid)) = (ask("-u"), ask("-g")) {
            return Ok(Some(User { name, uid, gid }));
        }
    }
    Err("PostgreSQL refuses to run as root, and there is no user `postgres` or `nobody` to run it as".into())
}

fn command_as(user: Option<&User>, program: &Path) -> Command {
    let Some(user) = user else { return Command::new(program) };
    if let Some(setpriv) = find_program("setpriv", &[]) {
        let mut command = Command::new(setpriv);
        command.arg(format!("--reuid={}", user.uid)).arg(format!("--regid={}", user.gid)).arg("--clear-groups").arg(program);
        return command;
    }
    let mut command = Command::new("runuser");
    command.args(["-u", user.name, "--"]).arg(program);
    command
}

fn fresh_folder(user: Option<&User>) -> Done<PathBuf> {
    let made = output(Command::new("mktemp").args(["-d", "-t", "waymark-pg.XXXXXXXX"]))?;
    let folder = PathBuf::from(made.trim());
    if let Some(user) = user {
        std::os::unix::fs::chown(&folder, Some(user.uid), Some(user.gid)).while_doing("cannot hand the folder to PostgreSQL's user")?;
    }
    Ok(folder)
}

fn free_port() -> Done<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).while_doing("cannot find a free port")?;
    Ok(listener.local_addr().while_doing("cannot find a free port")?.port())
}
