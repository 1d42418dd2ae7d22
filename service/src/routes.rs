//! Every address of the service, what every handler shares, and the log line.

use crate::clock::Clock;
use crate::problem::Problem;
use crate::rate::Limiter;
use crate::secret::Key;
use crate::{availability, capabilities, locations, products, reservations, site};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, DefaultBodyLimit, FromRequest, FromRequestParts, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::Value;
use sqlx::SqlitePool;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;
use tower_http::cors::{AllowOrigin, CorsLayer};

/// Where the contract is served.
pub const BASE_PATH: &str = "/api/v1";
/// A reservation is a few hundred bytes.
const LONGEST_BODY: usize = 16 * 1024;
/// Length of a hold where none is set: from when it is ready, in ms.
const COLLECT_WITHIN_MS: i64 = 2 * 86_400_000;

/// What every handler shares.
pub struct Shared {
    pub pool: SqlitePool,
    pub clock: Clock,
    pub secret: Key,
    pub limiter: Limiter,
    pub currency: String,
    pub base_path: &'static str,
    pub hold_s: Option<u32>,
    pub origins: Vec<String>,
    pub quiet: bool,
}

/// Handed to every handler.
pub type App = Arc<Shared>;

impl Shared {
    /// One line to the error output; never anything personal.
    pub fn log(&self, line: &str) {
        if !self.quiet {
            eprintln!("{line}");
        }
    }

    /// Length of a hold, ISO 8601.
    pub fn hold_for(&self) -> String {
        self.hold_s.map_or_else(|| "P2D".into(), |seconds| format!("PT{seconds}S"))
    }

    /// End of a hold in unix ms: so long from now where it is set, otherwise so long after it is ready, so that a hold over a
    /// closed Sunday does not end before the doors open.
    pub fn hold_ends_ms(&self, now_ms: i64, ready_ms: i64) -> i64 {
        self.hold_s.map_or(ready_ms + COLLECT_WITHIN_MS, |seconds| now_ms + i64::from(seconds) * 1000)
    }

    /// A browser says which page it asks for. Only our own and the listed ones may write.
    pub fn check_origin(&self, headers: &HeaderMap) -> Result<(), Problem> {
        let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let Some(origin) = text(header::ORIGIN) else { return Ok(()) };
        let own = text(header::HOST).is_some_and(|host| origin.split_once("://").is_some_and(|(_, name)| name == host));
        if own || self.origins.iter().any(|listed| listed == origin) {
            return Ok(());
        }
        Err(Problem::new(403, "forbidden_origin", "Pages of this origin may not reserve. Ask the shop to list it."))
    }
}

/// The whole service.
pub fn router(app: App, www: Option<PathBuf>) -> Router {
    let api = Router::new()
        .route("/capabilities", get(capabilities::read))
        .route("/locations/search", post(locations::search))
        .route("/availability", get(availability::read))
        .route("/products", get(products::list))
        .route("/reservations", post(reservations::create))
        .route("/reservations/{id}", get(reservations::read))
        .route("/reservations/{id}/cancel", post(reservations::cancel))
        .fallback(no_such_address)
        .method_not_allowed_fallback(wrong_method)
        .layer(cors(&app.origins))
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .layer(middleware::from_fn(never_sniff))
        .with_state(app.clone());
    let router = Router::new().nest(BASE_PATH, api);
    let router = match www {
        Some(folder) => router.fallback_service(site::files(folder)),
        None => router.fallback(no_such_address),
    };
    router.layer(middleware::from_fn_with_state(app, log_line))
}

/// A JSON object as the body, whatever is wrong with it said as a problem.
pub struct Body(pub Value);

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Body, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        // Demanding JSON makes a browser ask first before a foreign page may send it.
        if !kind.to_ascii_lowercase().starts_with("application/json") {
            return Err(Problem::new(415, "invalid_request", "Send the body as application/json."));
        }
        let bytes = Bytes::from_request(request, state).await;
        let bytes = bytes.map_err(|_| {
            Problem::new(413, "invalid_request", format!("The body is longer than {LONGEST_BODY} bytes or broke off."))
        })?;
        let body: Value = serde_json::from_slice(&bytes)
            .map_err(|error| Problem::invalid("", format!("The body is not JSON: {error}.")))?;
        if body.is_object() { Ok(Body(body)) } else { Err(Problem::invalid("", "The body must be a JSON object.")) }
    }
}

/// Who asks, for the rate. Behind a proxy it is the proxy: let that count itself, since a header can be made up.
pub struct Client(pub IpAddr);

impl<S: Send + Sync> FromRequestParts<S> for Client {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Client, Problem> {
        let address = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        Ok(Client(address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))))
    }
}

async fn no_such_address() -> Problem {
    Problem::new(404, "not_found", "No such address. The list is in the service's README.")
}

async fn wrong_method() -> Problem {
    Problem::new(405, "invalid_request", "This address takes another method. The list is in the service's README.")
}

fn cors(origins: &[String]) -> CorsLayer {
    let listed: Vec<HeaderValue> = origins.iter().filter_map(|origin| HeaderValue::try_from(origin).ok()).collect();
    let own = |name: &'static str| HeaderName::from_static(name);
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(listed))
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([
            header::CONTENT_TYPE,
            header::AUTHORIZATION,
            header::IF_NONE_MATCH,
            header::IF_MATCH,
            own("idempotency-key"),
        ])
        .expose_headers([header::ETAG, header::RETRY_AFTER, header::LOCATION, own("idempotent-replayed")])
}

async fn never_sniff(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// Method, address as written in the routes, status and time. Ids, query strings and bodies stay out of it.
async fn log_line(State(app): State<App>, path: Option<MatchedPath>, request: Request, next: Next) -> Response {
    let start = Instant::now();
    let method = request.method().clone();
    let response = next.run(request).await;
    if let Some(path) = path {
        app.log(&format!(
            "{method} {} {} {} ms",
            path.as_str(),
            response.status().as_u16(),
            start.elapsed().as_millis()
        ));
    }
    response
}
