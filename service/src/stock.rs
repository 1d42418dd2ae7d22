//! How much can be sold, and the statements that take it. What is held is summed from the rows each time: a counter would drift.

use serde_json::Value;
use sqlx::{Row as _, Sqlite, SqliteConnection, SqlitePool};

/// Above this many, a store simply has it; up to it, it is said to be low.
const LIMITED_UP_TO: i64 = 3;

/// One item in one store at one moment.
pub struct Level {
    pub location_id: String,
    /// Pieces that can be promised: counted, less the safety stock, less live holds. Below zero when the count was corrected.
    pub saleable: i64,
    pub safety: i64,
    /// Shelf, incoming goods, what to say when there is none.
    pub document: Value,
}

impl Level {
    /// The contract's status for so many pieces.
    pub fn status(&self, quantity: i64) -> &str {
        if self.saleable >= quantity {
            return if self.saleable > LIMITED_UP_TO { "in_stock" } else { "limited" };
        }
        self.document.get("when_out").and_then(Value::as_str).unwrap_or("out_of_stock")
    }

    /// The least that is there, without telling how much exactly: the bottom of the status' bucket.
    pub fn at_least(&self, quantity: i64) -> i64 {
        match self.status(quantity) {
            "in_stock" => LIMITED_UP_TO + 1,
            "limited" => 1.max(quantity),
            _ => 0,
        }
    }
}

/// What every store has of an item.
pub async fn levels(pool: &SqlitePool, item_id: &str, now_ms: i64) -> Result<Vec<Level>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT s.location_id, s.safety, s.document, s.on_hand - s.safety - COALESCE((
             SELECT CAST(SUM(l.quantity_held) AS BIGINT) FROM reservation_lines l JOIN reservations r ON r.id = l.reservation_id
             WHERE l.location_id = s.location_id AND l.item_id = s.item_id AND r.status = 'held' AND r.expires_at > $1), 0) AS saleable
         FROM stock s WHERE s.item_id = $2",
    )
    .bind(now_ms)
    .bind(item_id)
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            let document: String = row.try_get("document")?;
            Ok(Level {
                location_id: row.try_get("location_id")?,
                saleable: row.try_get("saleable")?,
                safety: row.try_get("safety")?,
                document: serde_json::from_str(&document).unwrap_or(Value::Null),
            })
        })
        .collect()
}

/// One line of a hold.
pub struct Line<'a> {
    pub reservation_id: &'a str,
    pub position: i64,
    pub location_id: &'a str,
    pub item_id: &'a str,
    pub quantity: i64,
}

/// Takes the pieces if they are there, in one conditional statement; false when they are not. The update before it locks the row
/// where a database has row locks, so that the sum is read after every other hold on it; SQLite's transaction locks all by itself.
/// Call in the order of `item_id`: a constant order of locks cannot deadlock.
pub async fn take(connection: &mut SqliteConnection, line: &Line<'_>, now_ms: i64) -> Result<bool, sqlx::Error> {
    sqlx::query::<Sqlite>("UPDATE stock SET version = version + 1 WHERE location_id = $1 AND item_id = $2")
        .bind(line.location_id)
        .bind(line.item_id)
        .execute(&mut *connection)
        .await?;
    let taken = sqlx::query::<Sqlite>(
        "INSERT INTO reservation_lines (reservation_id, position, location_id, item_id, quantity_requested, quantity_held)
         SELECT $1, $2, s.location_id, s.item_id, $3, $3 FROM stock s
         WHERE s.location_id = $4 AND s.item_id = $5 AND s.on_hand - s.safety - COALESCE((
             SELECT SUM(l.quantity_held) FROM reservation_lines l JOIN reservations r ON r.id = l.reservation_id
             WHERE l.location_id = s.location_id AND l.item_id = s.item_id AND r.status = 'held' AND r.expires_at > $6), 0) >= $3",
    )
    .bind(line.reservation_id)
    .bind(line.position)
    .bind(line.quantity)
    .bind(line.location_id)
    .bind(line.item_id)
    .bind(now_ms)
    .execute(connection)
    .await?;
    Ok(taken.rows_affected() == 1)
}
