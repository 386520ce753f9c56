//! The HTTP server.

use std::net::TcpListener;
use std::time::Duration;

use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, HttpServer};

use crate::services::cohorts::Warming;
use crate::state::{Shared, State};
use crate::{mount, security};

/// Seconds in which requests under way may finish: the process ends within ten.
const GRACE: u64 = 9;
const KEEP_ALIVE: Duration = Duration::from_secs(75);
/// Seconds a client may take to send its head.
const HEAD: Duration = Duration::from_secs(10);

/// Serves on a bound listener until `shutdown` completes, then finishes what is under way within 10 seconds.
pub async fn serve(listener: TcpListener, state: Shared, shutdown: impl Future<Output = ()>) -> std::io::Result<()> {
    let workers = match state.instance.workers {
        0 => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        workers => workers,
    };
    let app = move || {
        let state = state.clone();
        App::new()
            .app_data(state.clone())
            .wrap(from_fn(security::around))
            .wrap(Compress::default())
            .configure(move |config| mount::mount(config, &state.base, &state.routes))
    };
    let server = HttpServer::new(app)
        .workers(workers)
        .keep_alive(KEEP_ALIVE)
        .client_request_timeout(HEAD)
        .shutdown_timeout(GRACE)
        .disable_signals()
        .listen(listener)?
        .run();
    let handle = server.handle();
    tokio::pin!(server);
    tokio::select! {
        ended = &mut server => return ended,
        () = shutdown => {}
    }
    // The server has to run while it is asked to stop, or nobody is there to finish what is under way.
    let (ended, ()) = tokio::join!(server, handle.stop(true));
    ended
}

/// As [`serve`], on a runtime of its own and from the parts; looks every `look` whether another server or the command line
/// changed the instance, and whether boards are to be made ahead. For the binary, which has nothing else to do on this thread.
pub fn run(
    listener: TcpListener,
    parts: crate::Parts,
    look: Duration,
    shutdown: impl Future<Output = ()> + 'static,
) -> std::io::Result<()> {
    actix_web::rt::System::new().block_on(async move {
        let state = Shared::new(State::new(parts).await.map_err(std::io::Error::other)?);
        actix_web::rt::spawn(keep_up(state.clone(), look));
        actix_web::rt::spawn(keep_warm(state.clone(), look));
        serve(listener, state, shutdown).await
    })
}

async fn keep_up(state: Shared, look: Duration) {
    loop {
        tokio::time::sleep(look).await;
        if let Err(error) = state.refresh().await {
            tracing::warn!(%error, "the instance could not be looked at anew");
        }
    }
}

/// On a task of its own: it may take a while, and whatever goes wrong there keeps nothing else from going on.
async fn keep_warm(state: Shared, look: Duration) {
    let mut warming = Warming::default();
    loop {
        tokio::time::sleep(look).await;
        if let Err(error) = warming.round(&state).await {
            tracing::warn!(%error, "boards could not be made ahead");
        }
    }
}
