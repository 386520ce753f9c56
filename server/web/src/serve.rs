//! The HTTP server.

use std::net::TcpListener;
use std::time::Duration;

use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, HttpServer, web};

use crate::state::State;
use crate::{mount, security};

/// Seconds in which requests under way may finish: the process ends within ten.
const GRACE: u64 = 9;
const KEEP_ALIVE: Duration = Duration::from_secs(75);
/// Seconds a client may take to send its head.
const HEAD: Duration = Duration::from_secs(10);

/// Serves on a bound listener until `shutdown` completes, then finishes what is under way within 10 seconds.
pub async fn serve(listener: TcpListener, state: State, shutdown: impl Future<Output = ()>) -> std::io::Result<()> {
    serve_shared(listener, web::Data::new(state), None, shutdown).await
}

async fn serve_shared(
    listener: TcpListener,
    state: web::Data<State>,
    look: Option<Duration>,
    shutdown: impl Future<Output = ()>,
) -> std::io::Result<()> {
    let workers = match state.instance.workers {
        0 => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        workers => workers,
    };
    if let Some(look) = look {
        let state = state.clone();
        actix_web::rt::spawn(async move {
            loop {
                tokio::time::sleep(look).await;
                if let Err(error) = state.refresh().await {
                    tracing::warn!(%error, "the instance could not be looked at anew");
                }
            }
        });
    }
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
/// changed the instance. For the binary, which has nothing else to do on this thread.
pub fn run(
    listener: TcpListener,
    parts: crate::Parts,
    look: Duration,
    shutdown: impl Future<Output = ()> + 'static,
) -> std::io::Result<()> {
    actix_web::rt::System::new().block_on(async move {
        let state = State::new(parts).await.map_err(std::io::Error::other)?;
        serve_shared(listener, web::Data::new(state), Some(look), shutdown).await
    })
}
