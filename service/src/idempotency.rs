//! One answer per key: claim it, answer under it, and say the same again to whoever asks again. Rules: ACP, "Idempotency".

use crate::problem::Problem;
use crate::secret;
use axum::http::HeaderMap;
use serde_json::Value;
use sqlx::{Row as _, Sqlite, SqliteConnection, SqlitePool};

/// How long an answer is kept, in ms.
const KEPT_MS: i64 = 24 * 3_600_000;
/// A claim without an answer for so long belongs to a process that died; the next one may take it over. Longer than any request lives.
const ABANDONED_MS: i64 = 60_000;

/// What is known under a key.
pub enum Claim {
    /// Nobody asked this before: work, then answer under this claim.
    Ours(String),
    /// The answer given before.
    Answered(u16, Value),
}

/// The caller's key: a UUID or something as long, so that nobody meets another's by chance.
pub fn key(headers: &HeaderMap) -> Result<String, Problem> {
    let given = headers.get("idempotency-key").map(|value| value.to_str().unwrap_or_default().trim());
    let Some(key) = given else {
        return Err(Problem::new(
            400,
            "idempotency_key_required",
            "Send a fresh UUID in the header Idempotency-Key, the same for every retry.",
        ));
    };
    if !(16..=255).contains(&key.len()) || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Problem::invalid("#Idempotency-Key", "Give 16 to 255 visible ASCII characters, best a UUID."));
    }
    Ok(key.to_owned())
}

/// Where a key counts: the caller's origin and the path. Only the hash is stored: the key is what the access token is made of.
pub fn scope(headers: &HeaderMap, path: &str, key: &str) -> String {
    let origin = headers.get("origin").and_then(|origin| origin.to_str().ok()).unwrap_or_default();
    secret::hash(&format!("{origin}\n{path}\n{key}"))
}

/// The hash of the body's meaning: the order of members, spaces and `1` or `1.0` do not count.
pub fn body_hash(body: &Value) -> String {
    secret::hash(&canonical(body).to_string())
}

/// Takes the key for this request, or finds out who had it.
pub async fn claim(pool: &SqlitePool, scope: &str, body_hash: &str, now_ms: i64) -> Result<Claim, Problem> {
    let fresh = secret::random::<16>().map(|bytes| secret::hex(&bytes)).map_err(|_| out_of_order())?;
    let mut tables = pool.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::query("DELETE FROM idempotency WHERE created_at <= $1").bind(now_ms - KEPT_MS).execute(&mut *tables).await?;
    let row = sqlx::query("SELECT body_hash, created_at, status, body FROM idempotency WHERE key_hash = $1");
    let Some(row) = row.bind(scope).fetch_optional(&mut *tables).await? else {
        sqlx::query("INSERT INTO idempotency (key_hash, body_hash, claim, created_at) VALUES ($1, $2, $3, $4)")
            .bind(scope)
            .bind(body_hash)
            .bind(&fresh)
            .bind(now_ms)
            .execute(&mut *tables)
            .await?;
        tables.commit().await?;
        return Ok(Claim::Ours(fresh));
    };
    if row.try_get::<String, _>("body_hash")? != body_hash {
        return Err(Problem::new(
            422,
            "idempotency_conflict",
            "This key was used for another body. A new wish needs a new key.",
        ));
    }
    if let Some(status) = row.try_get::<Option<i64>, _>("status")? {
        let body: String = row.try_get("body")?;
        let status = u16::try_from(status).unwrap_or(500);
        return Ok(Claim::Answered(status, serde_json::from_str(&body).unwrap_or(Value::Null)));
    }
    if row.try_get::<i64, _>("created_at")? > now_ms - ABANDONED_MS {
        return Err(Problem::new(
            409,
            "idempotency_in_flight",
            "The same request is still being worked on. Ask again with the same key.",
        )
        .retry_after(1));
    }
    sqlx::query("UPDATE idempotency SET claim = $1, created_at = $2 WHERE key_hash = $3")
        .bind(&fresh)
        .bind(now_ms)
        .bind(scope)
        .execute(&mut *tables)
        .await?;
    tables.commit().await?;
    Ok(Claim::Ours(fresh))
}

/// Writes the answer under the claim, in the transaction of the work itself. False when the claim was taken over meanwhile:
/// then the work must be rolled back.
pub async fn answer(
    connection: &mut SqliteConnection,
    scope: &str,
    claim: &str,
    status: u16,
    body: &Value,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query::<Sqlite>(
        "UPDATE idempotency SET status = $1, body = $2 WHERE key_hash = $3 AND claim = $4 AND status IS NULL",
    )
    .bind(i64::from(status))
    .bind(body.to_string())
    .bind(scope)
    .bind(claim)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives the key back after a failure of ours: nothing was decided, so the same key may try again.
pub async fn release(pool: &SqlitePool, scope: &str, claim: &str) -> Result<(), sqlx::Error> {
    let gone = sqlx::query("DELETE FROM idempotency WHERE key_hash = $1 AND claim = $2 AND status IS NULL")
        .bind(scope)
        .bind(claim);
    gone.execute(pool).await.map(|_| ())
}

/// The service itself failed.
pub fn out_of_order() -> Problem {
    Problem::new(503, "upstream_unavailable", "The service cannot work just now. Try again in a moment.").retry_after(2)
}

fn canonical(value: &Value) -> Value {
    match value {
        // `Map` is sorted by name already.
        Value::Object(fields) => {
            Value::Object(fields.iter().map(|(name, value)| (name.clone(), canonical(value))).collect())
        }
        Value::Array(list) => Value::Array(list.iter().map(canonical).collect()),
        Value::Number(number) => match number.as_f64() {
            Some(float) if float.fract() == 0.0 && float.abs() < 9.0e15 => Value::from(float as i64),
            _ => value.clone(),
        },
        other => other.clone(),
    }
}
