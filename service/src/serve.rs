//! Settings, start and stop. The command, the tests and the development server all start the service here.

use crate::clock::Clock;
use crate::database;
use crate::rate::{Limiter, Rate};
use crate::routes::{self, BASE_PATH, Shared};
use crate::seed::Seed;
use serde_json::Value;
use sqlx::{Row as _, SqlitePool};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How the service is to run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Address and port; port 0 takes a free one.
    pub listen: SocketAddr,
    /// `sqlite:FILE`, or `sqlite::memory:` for a test.
    pub database: String,
    /// The shop, loaded where it is not there yet.
    pub seed: Option<PathBuf>,
    /// Folder of the demo shop's files.
    pub www: Option<PathBuf>,
    /// Length of a hold in seconds; without it, two days after the item is ready.
    pub hold_s: Option<u32>,
    /// Foreign origins whose pages may read and reserve, such as `https://shop.example`.
    pub allow_origins: Vec<String>,
    /// Reservations per client.
    pub rate: Rate,
    /// Where the time comes from.
    pub clock: Clock,
    /// No log lines.
    pub quiet: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            database: "sqlite:vitrine.db".into(),
            seed: None,
            www: None,
            hold_s: None,
            allow_origins: Vec::new(),
            rate: Rate { requests: 30, per_s: 60 },
            clock: Clock::System,
            quiet: false,
        }
    }
}

/// A service at work.
#[derive(Debug)]
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    stop: watch::Sender<bool>,
    work: JoinHandle<std::io::Result<()>>,
    pool: SqlitePool,
}

impl Running {
    /// Base URL of the contract.
    pub fn base_url(&self) -> String {
        format!("http://{}{BASE_PATH}", self.address)
    }

    /// Takes no new requests, finishes those at work, closes the database.
    pub async fn shutdown(self) -> Result<(), String> {
        self.stop.send_replace(true);
        self.wait().await
    }

    /// Waits until it ends by itself.
    pub async fn wait(self) -> Result<(), String> {
        let ended = self.work.await;
        self.pool.close().await;
        match ended {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(format!("the service stopped: {error}")),
            Err(error) => Err(format!("the service broke off: {error}")),
        }
    }
}

/// Starts the service. The error says what is wrong and what to do.
pub async fn serve(settings: Settings) -> Result<Running, String> {
    if let Some(folder) = settings.www.as_ref().filter(|folder| !folder.is_dir()) {
        return Err(format!("the folder for --www does not exist: {}", folder.display()));
    }
    // The seed first: a mistake in it should not leave an empty database behind.
    let seed = settings.seed.as_ref().map(read_seed).transpose()?;
    let pool = database::open(&settings.database).await?;
    if let Some(seed) = seed {
        seed.load(&pool).await?;
    }
    let app = Arc::new(Shared {
        clock: settings.clock,
        secret: database::secret_key(&pool).await?,
        limiter: Limiter::new(settings.rate),
        currency: currency(&pool).await,
        base_path: BASE_PATH,
        hold_s: settings.hold_s,
        origins: settings.allow_origins,
        quiet: settings.quiet,
        pool: pool.clone(),
    });
    let taken = |error| format!("cannot listen on {}: {error}. Choose another port with --listen", settings.listen);
    let listener = TcpListener::bind(settings.listen).await.map_err(taken)?;
    let address = listener.local_addr().map_err(taken)?;
    let (stop, mut stopped) = watch::channel(false);
    let service = routes::router(app, settings.www).into_make_service_with_connect_info::<SocketAddr>();
    let work = tokio::spawn(async move {
        let until = async move {
            // An error means the handle is gone, which is no wish to stop: then only the process ends it.
            if stopped.wait_for(|stop| *stop).await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        axum::serve(listener, service).with_graceful_shutdown(until).await
    });
    Ok(Running { address, stop, work, pool })
}

fn read_seed(path: &PathBuf) -> Result<Seed, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("the seed {} cannot be read: {error}", path.display()))?;
    Seed::read(&text).map_err(|error| format!("{error} ({})", path.display()))
}

async fn currency(pool: &SqlitePool) -> String {
    let shop = sqlx::query("SELECT value FROM settings WHERE name = 'shop'").fetch_optional(pool).await.ok().flatten();
    let shop: Option<Value> = shop.and_then(|row| serde_json::from_str(&row.try_get::<String, _>(0).ok()?).ok());
    let named = shop.as_ref().and_then(|shop| shop.get("currency")).and_then(Value::as_str);
    named.unwrap_or("EUR").to_owned()
}
