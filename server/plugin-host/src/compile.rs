//! Compiling, in a child process with limits of its own: wasmtime does not count denial of service while compiling as a
//! bug, so neither time nor memory of the server may depend on it.

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use rustix::process::{Resource, Rlimit, setrlimit};

use crate::engine::{compiling_engine, fingerprint};
use crate::limits::LARGEST_COMPONENT;
use crate::text::plain;

/// Who compiles.
#[derive(Clone, Debug)]
pub enum Compiler {
    /// A program that calls [`compile_child_main`] when it is started with these arguments.
    Child { program: PathBuf, arguments: Vec<String> },
    /// This process. For tests only: nothing bounds its time and memory.
    #[cfg(any(test, feature = "in-process"))]
    InProcess,
}

/// Seconds of CPU that a compilation may take.
const CPU: u64 = 120;
/// Bytes that it may allocate. Not of address space: that tells little about memory.
const MEMORY: u64 = 2 << 30;
/// Of the clock, for a child that waits instead of working.
const PATIENCE: Duration = Duration::from_secs(180);
/// Bytes of an artefact.
const LARGEST_ARTEFACT: u64 = 512 << 20;

impl Compiler {
    /// Compiles a component for an engine with this fingerprint.
    ///
    /// # Errors
    /// A sentence: what the compiler said, that it ran out of its limits, or that it could not be started.
    pub(crate) fn compile(&self, component: &[u8], wanted: &str) -> Result<Vec<u8>, String> {
        match self {
            Self::Child { program, arguments } => {
                let mut command = Command::new(program);
                command.args(arguments);
                let answer = run(command, component, PATIENCE)?;
                let (made_for, artefact) = answer.split_at_checked(wanted.len()).ok_or("the compiler gave nothing")?;
                if made_for != wanted.as_bytes() {
                    return Err(format!("{} is another version than this program", program.display()));
                }
                Ok(artefact.to_vec())
            }
            #[cfg(any(test, feature = "in-process"))]
            Self::InProcess => compile(component).map(|(_, artefact)| artefact),
        }
    }
}

/// Starts a child, hands it the component, and waits for its answer no longer than `patience`.
fn run(mut command: Command, component: &[u8], patience: Duration) -> Result<Vec<u8>, String> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).env_clear();
    let mut child = command.spawn().map_err(|error| format!("the compiler cannot be started: {error}"))?;
    let (Some(mut stdin), Some(stdout), Some(stderr)) = (child.stdin.take(), child.stdout.take(), child.stderr.take()) else {
        return Err("the compiler has no pipes".to_owned());
    };
    let (done, answer) = mpsc::channel();
    let component = component.to_vec();
    // Each pipe has a thread, so that none fills up while another is waited for. They end with the child.
    std::thread::spawn(move || stdin.write_all(&component));
    std::thread::spawn(move || {
        let mut said = String::new();
        let mut artefact = Vec::new();
        let read = stdout.take(LARGEST_ARTEFACT).read_to_end(&mut artefact);
        let _ = stderr.take(4_096).read_to_string(&mut said);
        let _ = done.send(read.map(|_| (artefact, said)));
    });
    let answer = answer.recv_timeout(patience);
    if answer.is_err() {
        let _ = child.kill();
    }
    let status = child.wait().map_err(|error| format!("the compiler was lost: {error}"))?;
    match answer {
        Err(_) => Err(format!("compiling took longer than {} s", patience.as_secs())),
        Ok(Err(error)) => Err(format!("the compiler's answer cannot be read: {error}")),
        Ok(Ok((artefact, _))) if status.success() => Ok(artefact),
        Ok(Ok((_, said))) if said.trim().is_empty() => {
            Err(format!("the compiler ended with {status}: it may take {CPU} s of CPU and {} GiB of memory", MEMORY >> 30))
        }
        Ok(Ok((_, said))) => Err(plain(said.trim(), 500)),
    }
}

/// What the child does: bounds itself, reads a component from standard input, and writes the engine's fingerprint and the
/// artefact to standard output. Says on standard error why not.
pub fn compile_child_main() -> std::process::ExitCode {
    let done = bound().map_err(|error| format!("the limits cannot be set: {error}")).and_then(|()| {
        let mut component = Vec::new();
        let read = io::stdin().lock().take(LARGEST_COMPONENT as u64 + 1).read_to_end(&mut component);
        read.map_err(|error| format!("the component cannot be read: {error}"))?;
        let (fingerprint, artefact) = compile(&component)?;
        let mut stdout = io::stdout().lock();
        let written = stdout.write_all(fingerprint.as_bytes()).and_then(|()| stdout.write_all(&artefact)).and_then(|()| stdout.flush());
        written.map_err(|error| format!("the artefact cannot be written: {error}"))
    });
    match done {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(why) => {
            let _ = writeln!(io::stderr(), "{why}");
            std::process::ExitCode::FAILURE
        }
    }
}

fn bound() -> io::Result<()> {
    let limit = |resource, most: u64| setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    limit(Resource::Cpu, CPU)?;
    limit(Resource::Data, MEMORY)?;
    limit(Resource::Core, 0)?;
    limit(Resource::Fsize, 0)?;
    Ok(())
}

fn compile(component: &[u8]) -> Result<(String, Vec<u8>), String> {
    let engine = compiling_engine().map_err(|error| format!("there is no engine: {error:#}"))?;
    let artefact = engine.precompile_component(component).map_err(|error| format!("{error:#}"))?;
    Ok((fingerprint(&engine), artefact))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compiler_that_never_answers_is_ended() {
        let mut sleeper = Command::new("sleep");
        sleeper.arg("600");
        assert_eq!(run(sleeper, b"", Duration::from_millis(50)), Err("compiling took longer than 0 s".to_owned()));
    }

    #[test]
    fn what_the_compiler_says_is_handed_on() {
        let mut failing = Command::new("sh");
        failing.args(["-c", "cat >&2; exit 1"]);
        assert_eq!(run(failing, b"no such thing", PATIENCE), Err("no such thing".to_owned()));
        assert!(run(Command::new("/nowhere/at/all"), b"", PATIENCE).is_err_and(|why| why.contains("cannot be started")));
    }
}
