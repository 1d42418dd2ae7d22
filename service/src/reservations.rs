//! Reservations: create, read, cancel. A hold ends when its time does; nobody has to write that down.

use crate::availability;
use crate::clock::utc_text;
use crate::distance;
use crate::hours::Hours;
use crate::idempotency::{self, Claim};
use crate::locations::{self, Location};
use crate::problem::{Problem, json_response};
use crate::routes::{App, Body, Client};
use crate::secret;
use crate::stock::{self, Line};
use crate::wish::Wish;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};
use sqlx::{Row as _, SqliteConnection};

/// The scope of keys, whatever prefix the service is served under.
const CREATE: &str = "POST reservations";
/// How often a page should look, in seconds.
const POLL_S: i64 = 30;
/// Personal data go so long after the hold is over, in ms.
const CONTACT_KEPT_MS: i64 = 7 * 86_400_000;
/// Other stores named in a refusal.
const MOST_ALTERNATIVES: usize = 5;

/// `POST /reservations`.
pub async fn create(
    State(app): State<App>,
    Client(client): Client,
    headers: HeaderMap,
    Body(body): Body,
) -> Result<Response, Problem> {
    app.check_origin(&headers)?;
    let key = idempotency::key(&headers)?;
    let wish = Wish::read(&body)?;
    let now_ms = app.clock.now_ms();
    app.limiter.take(client, now_ms)?;
    let scope = idempotency::scope(&headers, CREATE, &key);
    let claim = match idempotency::claim(&app.pool, &scope, &idempotency::body_hash(&body), now_ms).await? {
        Claim::Answered(status, body) => return Ok(answered(&app, &key, status, body, true)),
        Claim::Ours(claim) => claim,
    };
    match hold(&app, &wish, &key, &scope, &claim, now_ms).await {
        Ok(body) => Ok(answered(&app, &key, 201, body, false)),
        Err(problem) if problem.status >= 500 => {
            idempotency::release(&app.pool, &scope, &claim).await?;
            Err(problem)
        }
        // A refusal is a final answer too: the same key hears it again, even when there is stock by then.
        Err(problem) => {
            let mut connection = app.pool.acquire().await?;
            idempotency::answer(&mut connection, &scope, &claim, problem.status, &problem.body()).await?;
            Err(problem)
        }
    }
}

/// `GET /reservations/{id}`.
pub async fn read(State(app): State<App>, Path(id): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let mut connection = app.pool.acquire().await?;
    let body = owned(&mut connection, &app, &id, &headers, app.clock.now_ms()).await?;
    let tag = tag(&body);
    if headers.get(header::IF_NONE_MATCH) == Some(&tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let live = status(&body) == "held";
    let mut response = json_response(200, &body);
    response.headers_mut().insert(header::ETAG, tag);
    if live {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(POLL_S));
    }
    Ok(response)
}

/// `POST /reservations/{id}/cancel`. Cancelling what is cancelled gives the same answer.
pub async fn cancel(State(app): State<App>, Path(id): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    app.check_origin(&headers)?;
    let now_ms = app.clock.now_ms();
    let mut tables = app.pool.begin_with("BEGIN IMMEDIATE").await?;
    let body = owned(&mut tables, &app, &id, &headers, now_ms).await?;
    if headers.get(header::IF_MATCH).is_some_and(|known| *known != tag(&body)) {
        let problem = Problem::new(412, "version_conflict", "The reservation has changed meanwhile. Read it again.");
        return Err(problem.with("current_version", body.get("version").cloned().unwrap_or(Value::Null)));
    }
    match status(&body) {
        "held" => {}
        "canceled" => return Ok(json_response(200, &body)),
        "expired" => {
            let ended = body.get("hold").and_then(|hold| hold.get("expires_at")).cloned().unwrap_or(Value::Null);
            return Err(Problem::new(410, "reservation_expired", "The hold is over already.").with("expired_at", ended));
        }
        other => return Err(Problem::new(409, "already_final", "It can no longer be cancelled.").with("status", other)),
    }
    // The contact has no more use.
    sqlx::query("UPDATE reservations SET status = 'canceled', version = version + 1, contact = NULL WHERE id = $1 AND status = 'held'")
        .bind(&id)
        .execute(&mut *tables)
        .await?;
    let body = owned(&mut tables, &app, &id, &headers, now_ms).await?;
    tables.commit().await?;
    Ok(json_response(200, &body))
}

/// Everything that must happen together: the pieces taken, the reservation written, the key answered.
async fn hold(app: &App, wish: &Wish, key: &str, scope: &str, claim: &str, now_ms: i64) -> Result<Value, Problem> {
    let location = checked_location(app, wish).await?;
    let lines = checked_lines(app, wish).await?;
    if wish.contact.is_none() {
        return Err(Problem::new(
            422,
            "contact_required",
            "Give a name or an e-mail address, so that the store can find you.",
        ));
    }
    let id = format!("r_{}", secret::hex(&secret::random::<16>().map_err(|_| idempotency::out_of_order())?));
    let ready_ms = availability::ready_ms(&location.document, now_ms);
    let mut tables = app.pool.begin_with("BEGIN IMMEDIATE").await?;
    for (position, (item_id, quantity)) in lines.iter().enumerate() {
        let line = Line {
            reservation_id: &id,
            position: position as i64,
            location_id: &location.id,
            item_id,
            quantity: *quantity,
        };
        if !stock::take(&mut tables, &line, now_ms).await? {
            tables.rollback().await?;
            return Err(insufficient(app, &location, &lines, now_ms).await?);
        }
    }
    let token = secret::access_token(&app.secret, &id, key);
    let text = |value: &Option<Value>| value.as_ref().map(Value::to_string);
    sqlx::query(
        "INSERT INTO reservations (id, status, version, location_id, pickup_type, created_at, expires_at, ready_by, code, token_hash,
            contact, consent, surface) VALUES ($1, 'held', 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(&id)
    .bind(&location.id)
    .bind(&wish.pickup_type)
    .bind(now_ms)
    .bind(app.hold_ends_ms(now_ms, ready_ms))
    .bind(ready_ms)
    .bind(free_code(&mut tables).await?)
    .bind(secret::hash(&token))
    .bind(text(&wish.contact))
    .bind(text(&wish.consent))
    .bind(&wish.surface)
    .execute(&mut *tables)
    .await?;
    sqlx::query("UPDATE reservations SET contact = NULL WHERE contact IS NOT NULL AND expires_at < $1")
        .bind(now_ms - CONTACT_KEPT_MS)
        .execute(&mut *tables)
        .await?;
    let body =
        document(&mut tables, app, &id, now_ms).await?.map(|(body, _)| body).ok_or_else(idempotency::out_of_order)?;
    if !idempotency::answer(&mut tables, scope, claim, 201, &body).await? {
        tables.rollback().await?;
        return Err(idempotency::out_of_order());
    }
    tables.commit().await?;
    Ok(body)
}

async fn checked_location(app: &App, wish: &Wish) -> Result<Location, Problem> {
    let found = locations::all(app).await?.into_iter().find(|location| location.id == wish.location_id);
    let location =
        found.ok_or_else(|| Problem::new(404, "location_not_found", "No such store. Search the stores again."))?;
    let types = location
        .document
        .get("pickup_types")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_else(|| vec!["in_store".into()]);
    if !types.iter().any(|kind| kind.as_str() == Some(&wish.pickup_type)) {
        return Err(Problem::new(
            422,
            "pickup_not_offered",
            "This store does not hand out that way. Choose another store or way.",
        ));
    }
    if let (Some(comes_at_ms), Ok(hours)) = (wish.comes_at_ms, Hours::read(&location.document))
        && hours.is_open(comes_at_ms) == Some(false)
    {
        let next = hours.next_opening_ms(comes_at_ms).map(|at| hours.local_text(at));
        return Err(Problem::new(422, "outside_hours", "The store is closed at that time.").with("next_opening", next));
    }
    Ok(location)
}

/// Lines with the items' own ids, none above its limit.
async fn checked_lines(app: &App, wish: &Wish) -> Result<Vec<(String, i64)>, Problem> {
    let mut lines = Vec::new();
    for (asked, quantity) in &wish.lines {
        let (item_id, _, limit) = availability::item(app, asked).await?;
        if *quantity > limit {
            let detail = format!("At most {limit} of these can be reserved at once.");
            return Err(Problem::new(422, "quantity_limit", detail).with("limit", limit));
        }
        lines.push((item_id, *quantity));
    }
    lines.sort();
    Ok(lines)
}

/// The refusal, with what is missing and the nearest stores that have it all.
async fn insufficient(
    app: &App,
    location: &Location,
    lines: &[(String, i64)],
    now_ms: i64,
) -> Result<Problem, Problem> {
    let mut missing = Vec::new();
    let mut others: Vec<(f64, String, String)> = Vec::new();
    for other in locations::all(app).await?.into_iter().filter(|other| other.id != location.id) {
        others.push((distance::metres(location.point, other.point), other.id, "in_stock".into()));
    }
    for (item_id, quantity) in lines {
        let levels = stock::levels(&app.pool, item_id, now_ms).await?;
        let here =
            levels.iter().find(|level| level.location_id == location.id).map_or(0, |level| level.saleable.max(0));
        if here < *quantity {
            missing.push(json!({ "item_id": item_id, "available_quantity": here }));
        }
        others.retain_mut(|(_, id, status)| {
            let Some(level) = levels.iter().find(|level| level.location_id == *id && level.saleable >= *quantity)
            else {
                return false;
            };
            if level.status(*quantity) == "limited" {
                *status = "limited".into();
            }
            true
        });
    }
    others.sort_by(|a, b| a.0.total_cmp(&b.0));
    let alternatives: Vec<Value> = others
        .iter()
        .take(MOST_ALTERNATIVES)
        .map(|(metres, id, status)| json!({ "location_id": id, "status": status, "distance_m": metres.round() as i64 }))
        .collect();
    Ok(Problem::new(409, "insufficient_stock", "The store has too few of it now.")
        .with("lines", missing)
        .with("alternatives", alternatives))
}

/// A code no live reservation has.
async fn free_code(connection: &mut SqliteConnection) -> Result<String, Problem> {
    for _ in 0..20 {
        let code = secret::code().map_err(|_| idempotency::out_of_order())?;
        if sqlx::query("SELECT 1 FROM reservations WHERE code = $1")
            .bind(&code)
            .fetch_optional(&mut *connection)
            .await?
            .is_none()
        {
            return Ok(code);
        }
    }
    Err(idempotency::out_of_order())
}

/// The reservation, if the bearer of the request's token owns it. A wrong token hears the same as a wrong id.
async fn owned(
    connection: &mut SqliteConnection,
    app: &App,
    id: &str,
    headers: &HeaderMap,
    now_ms: i64,
) -> Result<Value, Problem> {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token =
        bearer.and_then(|bearer| bearer.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let Some((_, token)) = token else {
        return Err(Problem::new(
            401,
            "unauthorized",
            "Send the access token of the reservation as Authorization: Bearer.",
        ));
    };
    let found = document(connection, app, id, now_ms).await?;
    let ours = found.filter(|(_, token_hash)| *token_hash == secret::hash(token.trim())).map(|(body, _)| body);
    ours.ok_or_else(|| Problem::new(404, "reservation_not_found", "No such reservation for this token."))
}

/// The contract's document and the hash of its token.
async fn document(
    connection: &mut SqliteConnection,
    app: &App,
    id: &str,
    now_ms: i64,
) -> Result<Option<(Value, String)>, Problem> {
    let row = sqlx::query(
        "SELECT r.status, r.version, r.location_id, r.pickup_type, r.expires_at, r.ready_by, r.code, r.token_hash, l.document
         FROM reservations r LEFT JOIN locations l ON l.id = r.location_id WHERE r.id = $1",
    );
    let Some(row) = row.bind(id).fetch_optional(&mut *connection).await? else { return Ok(None) };
    let lines = sqlx::query(
        "SELECT item_id, quantity_requested, quantity_held FROM reservation_lines WHERE reservation_id = $1 ORDER BY position",
    );
    let lines = lines.bind(id).fetch_all(&mut *connection).await?;
    let lines: Vec<Value> = lines
        .iter()
        .map(|line| {
            Ok(json!({ "item_id": line.try_get::<String, _>(0)?, "quantity_requested": line.try_get::<i64, _>(1)?,
                "quantity_held": line.try_get::<i64, _>(2)?, "quantity_ready": 0 }))
        })
        .collect::<Result<_, sqlx::Error>>()?;
    let expires_ms: i64 = row.try_get("expires_at")?;
    let stored: String = row.try_get("status")?;
    let status = if stored == "held" && expires_ms <= now_ms { "expired" } else { stored.as_str() };
    let place: Option<String> = row.try_get("document")?;
    let place: Value = place.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or(Value::Null);
    let hours = Hours::read(&place).ok();
    let local = |unix_ms: i64| hours.as_ref().map_or_else(|| utc_text(unix_ms), |hours| hours.local_text(unix_ms));
    let body = json!({
        "id": id, "status": status, "binding": true, "version": row.try_get::<i64, _>("version")?, "as_of": utc_text(now_ms),
        "location_id": row.try_get::<String, _>("location_id")?, "lines": lines, "hold": { "expires_at": local(expires_ms) },
        "pickup": {
            "type": row.try_get::<String, _>("pickup_type")?, "ready_by": local(row.try_get("ready_by")?), "pickup_by": local(expires_ms),
            "code": row.try_get::<String, _>("code")?, "id_required": false,
        },
        "payment": "pay_in_store", "cancel_url": format!("{}/reservations/{id}/cancel", app.base_path), "messages": [],
    });
    Ok(Some((body, row.try_get("token_hash")?)))
}

/// The answer to a create, with the token said again: it follows from the key the caller sent.
fn answered(app: &App, key: &str, status: u16, mut body: Value, replayed: bool) -> Response {
    let id = body.get("id").and_then(Value::as_str).map(str::to_owned);
    if let (201, Some(id), Some(fields)) = (status, &id, body.as_object_mut()) {
        fields.insert("access_token".into(), secret::access_token(&app.secret, id, key).into());
    }
    let mut response = json_response(status, &body);
    let headers = response.headers_mut();
    if status >= 400 {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    }
    if let Some(place) = id.and_then(|id| HeaderValue::try_from(format!("{}/reservations/{id}", app.base_path)).ok()) {
        headers.insert(header::LOCATION, place);
    }
    if replayed {
        headers.insert("idempotent-replayed", HeaderValue::from_static("true"));
    }
    response
}

fn status(body: &Value) -> &str {
    body.get("status").and_then(Value::as_str).unwrap_or_default()
}

fn tag(body: &Value) -> HeaderValue {
    let version = body.get("version").and_then(Value::as_i64).unwrap_or(0);
    // The end of a hold changes no row, so the status belongs into the tag.
    HeaderValue::try_from(format!("\"{version}-{}\"", status(body))).unwrap_or(HeaderValue::from_static("\"0\""))
}
