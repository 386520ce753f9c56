//! `waymark serve`: everything in one process, from the lock on the folder to the last request.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use domain::ids::RevisionId;
use domain::template::{self, Template};
use jobs::Jobs;
use store::invitations::{self, InvitationKind};
use store::{Backend, Conn, accounts, templates};
use tokio::sync::watch;
use web::{Hooks, Instance, Parts, Setting};

use crate::config::{Config, Loaded, Source};
use crate::wire::{self, Failure, FolderLock, Tools};
use crate::{builtin, commands, demo, doctor, logs, post};

/// How often the server looks whether the command line or another server changed something.
const LOOK: Duration = Duration::from_secs(2);

/// How long all that is under way may take once the server is told to stop: the process ends within ten seconds.
const GRACE: Duration = Duration::from_millis(9_500);

/// Most bytes of a pack that an admin may upload.
const LARGEST_PACK: usize = 40 << 20;

/// Runs until SIGTERM or SIGINT, then ends in order.
pub fn run(loaded: Loaded, with_demo: bool) -> Result<(), Failure> {
    logs::start(&loaded.config)?;
    builtin::read_ahead();
    wire::prepare_folder(&loaded.config.storage.data_dir)?;
    let mut lock = FolderLock::take(&loaded.config.storage.data_dir)?;
    let listener = listen(&loaded.config)?;
    let address = listener.local_addr().map_err(Failure::broken)?;
    lock.say(address)?;
    let mut tools = Tools::open_unchecked(loaded)?;
    tools.base = wire::base_url(tools.config(), Some(address))?;
    post::mailer(tools.config(), tools.base.host())?;
    migrate(&tools)?;
    put_roles(&tools)?;
    if with_demo {
        fill_demo(&tools)?;
    }
    let parts = parts(&tools)?;

    let runtime = wire::jobs_runtime()?;
    let (stop, stopped) = watch::channel(false);
    let background = runtime.block_on(async { start_jobs(&tools, &stopped).await })?;
    // Last: whoever reads the address may rely on it.
    announce(&tools, address, with_demo)?;
    // Requests and letters have the same time to finish, not one after the other.
    let (late, mut over) = watch::channel(false);
    let (stop_jobs, say_late, handle) = (stop.clone(), late.clone(), runtime.handle().clone());
    let told = async move {
        until_told().await;
        stop_jobs.send_replace(true);
        handle.spawn(async move {
            tokio::time::sleep(GRACE).await;
            say_late.send_replace(true);
        });
    };
    let served = web::run(listener, parts, LOOK, told);
    // Whoever waits for a letter waits no longer; leases go back.
    stop.send_replace(true);
    runtime.block_on(async {
        let finished = async {
            for task in background {
                drop(task.await);
            }
        };
        tokio::select! {
            () = finished => {}
            _ = over.wait_for(|over| *over) => tracing::warn!("work was under way when the time to stop was over"),
            () = tokio::time::sleep(GRACE) => {}
        }
    });
    drop(late);
    tools.host.record_calls();
    drop(lock);
    served.map_err(|error| Failure::broken(format!("The server ended: {error}.")))
}

/// Brings the database to this version; a SQLite database with something in it is copied first.
pub fn migrate(tools: &Tools) -> Result<Vec<String>, Failure> {
    let pending = tools.store.pending().map_err(|error| Failure::setup(wire::sentence(error)))?;
    if pending.is_empty() {
        return Ok(pending);
    }
    let fresh = tools.store.read_blocking(accounts::count).is_err();
    if !fresh && tools.store.backend() == Backend::Sqlite {
        let file = tools.config().storage.data_dir.join(format!("before-{}.db", pending[0]));
        // There already: of the same upgrade, tried before.
        if !file.exists() {
            store::backup::snapshot(&tools.store, &file).map_err(|error| tools.failed(error))?;
        }
        tracing::info!(file = %file.display(), "copied the database before its upgrade");
    }
    tools.store.migrate().map_err(|error| Failure::setup(wire::sentence(error)))
}

fn listen(config: &Config) -> Result<TcpListener, Failure> {
    let bind = config.server.bind;
    TcpListener::bind(bind).map_err(|error| {
        Failure::setup(match error.kind() {
            std::io::ErrorKind::AddrInUse => {
                format!("Port {} is in use on {}: stop what listens there, or choose another with server.bind (WAYMARK_SERVER__BIND=127.0.0.1:8081).", bind.port(), bind.ip())
            }
            std::io::ErrorKind::PermissionDenied => format!("{bind} may not be listened on by this user: choose a port above 1023 with server.bind."),
            std::io::ErrorKind::AddrNotAvailable => format!("{} is no address of this machine: set server.bind to one that is.", bind.ip()),
            _ => format!("{bind} cannot be listened on ({error}): set server.bind to another address."),
        })
    })
}

/// Reads, checks and stores the built-in roles where they changed since the last start: that takes longer than all else that a
/// start does.
fn put_roles(tools: &Tools) -> Result<(), Failure> {
    let print = builtin::roles_print();
    let known = tools.store.read_blocking(|conn| store::instance::get(conn, builtin::ROLES_KEY)).map_err(|error| tools.failed(error))?;
    if known.as_deref() == Some(&*print) {
        return Ok(());
    }
    let catalogue = builtin::catalogue(&[]).map_err(Failure::broken)?;
    let roles = builtin::roles(&catalogue).map_err(Failure::broken)?;
    let now = tools.clock.now();
    tools.store.write_blocking(move |conn| builtin::put_roles(conn, &roles, &print, now)).map_err(|error| tools.failed(error))
}

fn fill_demo(tools: &Tools) -> Result<(), Failure> {
    if !demo::is_empty(&tools.store).map_err(|error| tools.failed(error))? {
        if tools.store.read_blocking(accounts::admins).map_err(|error| tools.failed(error))? == 0 {
            let folder = tools.config().storage.data_dir.display();
            return Err(Failure::setup(format!(
                "The demo in {folder} was not finished when it was made: delete the folder and start again."
            )));
        }
        return Ok(());
    }
    println!("Making the demo: {} learners of two cohorts, with twelve weeks of history …", demo::learners());
    for (_, archive) in builtin::PACKS {
        commands::plugin::install(tools, archive.to_vec())?;
    }
    let documents = tools.store.read_blocking(store::catalogue::documents).map_err(|error| tools.failed(error))?;
    let catalogue = builtin::catalogue(&documents).map_err(Failure::broken)?;
    let mut roles: Vec<(RevisionId, Template)> = Vec::new();
    for role in demo::roles() {
        let revision = tools.store.read_blocking(|conn| templates::newest(conn, role)).map_err(|error| tools.failed(error))?;
        let Some(revision) = revision else { return Err(Failure::broken("the built-in role is missing")) };
        let template = template::restore(&revision.canonical).map_err(|problems| Failure::broken(problems.to_string()))?;
        roles.push((revision.id, template));
    }
    let pack = tools.store.read_blocking(|conn| store::packs::active(conn, demo::RECENCY)).map_err(|error| tools.failed(error))?;
    let recency = match pack {
        Some(pack) => tools.rule_by_digest(&pack.digest)?,
        None => None,
    };
    let Some(recency) = recency else { return Err(Failure::broken("the shipped rule is missing")) };
    let password = domain::account::Password::parse(demo::PASSWORD).map_err(Failure::broken)?;
    let hash = web::auth::passwords::hash_blocking(&password, &*tools.dice).map_err(Failure::broken)?;
    let library = domain::practice::Library::new(builtin::content().map_err(Failure::broken)?.decks);
    demo::fill(&demo::Demo {
        store: &tools.store,
        templates: &roles,
        recency: &*recency,
        password_hash: &hash,
        now: tools.clock.now(),
        dice: &*tools.dice,
        library: &library,
        known: &|subject| catalogue.get(subject).is_some(),
    })
    .map_err(Failure::broken)?;
    tools.host.record_calls();
    send_history(tools)?;
    demo::say(&tools.store, tools.clock.now()).map_err(Failure::broken)
}

/// The digests of the demo's last weeks, each at its own time, by the jobs.
fn send_history(tools: &Tools) -> Result<(), Failure> {
    let now = tools.clock.now();
    wire::runtime()?.block_on(async {
        let clock = Arc::new(demo::SetClock::new(now));
        let jobs = Arc::new(Jobs::new(wire::job_parts(tools, Some(clock.clone()))?).await.map_err(Failure::broken)?);
        while let Some(due) = demo::next_digest(&tools.store, now).map_err(|error| tools.failed(error))? {
            let moment = due.plus_seconds(4).min(now);
            clock.set(moment);
            jobs.tick(moment).await;
        }
        jobs.stop().await;
        Ok(())
    })
}

/// What the console says: the address, and how to get in.
fn announce(tools: &Tools, address: std::net::SocketAddr, with_demo: bool) -> Result<(), Failure> {
    if with_demo {
        println!("Who can log in, each with the password “{}”:", demo::PASSWORD);
        for (username, name, standing) in demo::logins() {
            println!("  {username:<8} {name}, {standing}");
        }
        println!("Digests are written to {}.", tools.config().mail_folder().display());
    } else if demo::is_empty(&tools.store).map_err(|error| tools.failed(error))? {
        println!("There is nobody here yet. Make the first admin with this link; it works once:");
        println!("  {}", first_admin(tools)?);
    }
    println!("Waymark listens on http://{address}");
    if tools.base.to_string() != format!("http://{address}") {
        println!("Its address for people is {}", tools.base);
    }
    Ok(())
}

/// A new one-time link at every start without an account; the ones before stop working.
fn first_admin(tools: &Tools) -> Result<String, Failure> {
    let now = tools.clock.now();
    let (new, secret) = web::services::invitations::first_admin(&*tools.dice, now);
    tools
        .store
        .write_blocking(move |conn: &mut Conn<'_>| {
            for open in invitations::list_open(conn, now)? {
                if open.kind == InvitationKind::FirstAdmin {
                    invitations::revoke(conn, open.public_id)?;
                }
            }
            invitations::create(conn, &new)
        })
        .map_err(|error| tools.failed(error))?;
    Ok(tools.links().absolute("setup", &[&secret]))
}

async fn start_jobs(tools: &Tools, stopped: &watch::Receiver<bool>) -> Result<Vec<tokio::task::JoinHandle<()>>, Failure> {
    let mut tasks = Vec::new();
    if tools.config().jobs.enabled {
        let jobs = Arc::new(Jobs::new(wire::job_parts(tools, None)?).await.map_err(Failure::broken)?);
        tasks.push(tokio::spawn(jobs.run(stopped.clone())));
    }
    // Figures of plugin calls are written down now and then, not at every call.
    let (host, mut stopped) = (Arc::clone(&tools.host), stopped.clone());
    tasks.push(tokio::spawn(async move {
        loop {
            tokio::select! {
                () = tokio::time::sleep(LOOK) => {}
                _ = stopped.wait_for(|stop| *stop) => return,
            }
            let host = Arc::clone(&host);
            drop(tokio::task::spawn_blocking(move || host.record_calls()).await);
        }
    }));
    Ok(tasks)
}

fn parts(tools: &Tools) -> Result<Parts, Failure> {
    let config = tools.config();
    let settings = tools
        .loaded
        .explain_all()
        .into_iter()
        .map(|one| Setting {
            set: one.source != Source::Default,
            key: one.key,
            value: one.value,
            source: one.source.to_string(),
            meaning: one.meaning,
        })
        .collect();
    let status = post::status(config);
    let content = builtin::content().map_err(Failure::broken)?;
    Ok(Parts {
        store: tools.store.clone(),
        clock: Arc::clone(&tools.clock),
        dice: Arc::clone(&tools.dice),
        words: tools.words.clone(),
        base: tools.base.clone(),
        instance: Instance {
            name: config.instance.name.clone(),
            notice: String::new(),
            version: env!("CARGO_PKG_VERSION"),
            trusted_proxies: config.server.trusted_proxies,
            workers: config.server.workers,
            max_pack_bytes: LARGEST_PACK,
            attachment_quota: u64::from(config.storage.attachments_mib) << 20,
            settings,
        },
        catalogue: content.skills,
        decks: content.decks,
        plugins: Arc::clone(&tools.host) as Arc<dyn web::Plugins>,
        hooks: Hooks {
            doctor: doctor::hook(config.clone(), tools.base.to_string(), tools.store.clone()),
            mail: Arc::new(move || status.clone()),
            forget_mails: {
                let folder = config.mail_folder();
                Arc::new(move |ids| mail::Folder::new(&folder).forget(ids).map(|_| ()).map_err(|error| error.to_string()))
            },
        },
        routes: web::routes::table(),
    })
}

/// Completes at SIGTERM or SIGINT.
async fn until_told() {
    use tokio::signal::unix::{SignalKind, signal};
    let terminate = signal(SignalKind::terminate());
    match terminate {
        Ok(mut terminate) => {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
        }
        Err(error) => {
            tracing::warn!(%error, "SIGTERM is not heard");
            drop(tokio::signal::ctrl_c().await);
        }
    }
    tracing::info!("told to stop: finishing what is under way");
}
