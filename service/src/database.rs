//! The tables, in SQL that SQLite and PostgreSQL both read.

use crate::secret::{self, Key};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions};
use sqlx::{Row as _, SqlitePool};
use std::str::FromStr as _;
use std::time::Duration;

/// Times are unix ms; documents are JSON text.
const TABLES: &[&str] = &[
    "CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS locations (id TEXT PRIMARY KEY, position BIGINT NOT NULL, latitude DOUBLE PRECISION NOT NULL,
        longitude DOUBLE PRECISION NOT NULL, document TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS places (name TEXT NOT NULL, postal_prefix TEXT NOT NULL, latitude DOUBLE PRECISION NOT NULL,
        longitude DOUBLE PRECISION NOT NULL)",
    "CREATE TABLE IF NOT EXISTS products (id TEXT PRIMARY KEY, position BIGINT NOT NULL, document TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS items (id TEXT PRIMARY KEY, gtin TEXT, quantity_limit BIGINT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS stock (location_id TEXT NOT NULL, item_id TEXT NOT NULL, on_hand BIGINT NOT NULL,
        safety BIGINT NOT NULL, document TEXT NOT NULL, version BIGINT NOT NULL, PRIMARY KEY (location_id, item_id))",
    "CREATE TABLE IF NOT EXISTS reservations (id TEXT PRIMARY KEY, status TEXT NOT NULL, version BIGINT NOT NULL,
        location_id TEXT NOT NULL, pickup_type TEXT NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL,
        ready_by BIGINT NOT NULL, code TEXT NOT NULL UNIQUE, token_hash TEXT NOT NULL, contact TEXT, consent TEXT, surface TEXT)",
    "CREATE TABLE IF NOT EXISTS reservation_lines (reservation_id TEXT NOT NULL, position BIGINT NOT NULL, location_id TEXT NOT NULL,
        item_id TEXT NOT NULL, quantity_requested BIGINT NOT NULL, quantity_held BIGINT NOT NULL,
        PRIMARY KEY (reservation_id, position))",
    "CREATE INDEX IF NOT EXISTS lines_by_stock ON reservation_lines (location_id, item_id)",
    "CREATE TABLE IF NOT EXISTS idempotency (key_hash TEXT PRIMARY KEY, body_hash TEXT NOT NULL, claim TEXT NOT NULL,
        created_at BIGINT NOT NULL, status BIGINT, body TEXT)",
];

/// Opens or makes the database and its tables.
pub async fn open(url: &str) -> Result<SqlitePool, String> {
    let wrong = |error: sqlx::Error| {
        format!("the database {url} cannot be opened: {error}. Give sqlite:FILE in a folder that can be written")
    };
    let in_memory = url.contains(":memory:");
    let options = SqliteConnectOptions::from_str(url)
        .map_err(wrong)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .busy_timeout(Duration::from_secs(10));
    // Every connection to a database in memory would be a database of its own.
    let connections = if in_memory { 1 } else { 8 };
    // No least number of connections: the pool would open them beside the first one, and a new file that turns to its
    // write-ahead log must be alone with it, and does not wait. None is ever closed.
    let pool = SqlitePoolOptions::new().max_connections(connections).idle_timeout(None).max_lifetime(None);
    let pool = pool.connect_with(options).await.map_err(wrong)?;
    for table in TABLES {
        sqlx::query(*table).execute(&pool).await.map_err(wrong)?;
    }
    Ok(pool)
}

/// The service's own key; made on the first start.
pub async fn secret_key(pool: &SqlitePool) -> Result<Key, String> {
    let wrong = |error: sqlx::Error| format!("the service's key cannot be read: {error}");
    let fresh = secret::hex(&secret::random::<32>()?);
    sqlx::query("INSERT INTO settings (name, value) VALUES ('secret_key', $1) ON CONFLICT (name) DO NOTHING")
        .bind(fresh)
        .execute(pool)
        .await
        .map_err(wrong)?;
    let row =
        sqlx::query("SELECT value FROM settings WHERE name = 'secret_key'").fetch_one(pool).await.map_err(wrong)?;
    let text: String = row.try_get(0).map_err(wrong)?;
    let bytes: Vec<u8> =
        (0..text.len()).step_by(2).filter_map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect();
    bytes
        .try_into()
        .map_err(|_| "the service's key in the database is damaged: remove the row secret_key from settings".to_owned())
}
