//! The store's requests: sent as they are, answered as they come.

use super::request::respond;
use crate::store::{Answer, Event, FailureKind, Request};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestCredentials, RequestInit};

/// Sends a request; `controller` breaks it off. Never fails: a failure is an answer too.
pub async fn ask(request: Request, controller: AbortController) -> Event {
    let request_id = request.request_id;
    let timer = super::timer::Timer::after(request.timeout_ms, {
        let controller = controller.clone();
        move || controller.abort_with_reason(&JsValue::from_str("timeout"))
    });
    let answer = send(&request, &controller).await;
    drop(timer);
    answer.unwrap_or_else(|_| Event::Failed { request_id, kind: failure(&controller) })
}

async fn send(request: &Request, controller: &AbortController) -> Result<Event, JsValue> {
    let init = RequestInit::new();
    init.set_method(request.method);
    init.set_credentials(RequestCredentials::Omit);
    init.set_signal(Some(&controller.signal()));
    let headers = Headers::new()?;
    for (name, value) in &request.headers {
        headers.set(name, value)?;
    }
    init.set_headers(&headers);
    if let Some(body) = &request.body {
        init.set_body(&JsValue::from_str(body));
    }
    let response = respond(&request.url, &init).await?;
    let body = JsFuture::from(response.text()?).await?;
    let header = |name: &str| response.headers().get(name).ok().flatten();
    Ok(Event::Answer(Answer {
        request_id: request.request_id,
        status: response.status(),
        retry_after_s: header("retry-after").and_then(|seconds| seconds.trim().parse().ok()),
        etag: header("etag"),
        body: body.as_string().unwrap_or_default(),
    }))
}

fn failure(controller: &AbortController) -> FailureKind {
    let signal = controller.signal();
    match (signal.aborted(), signal.reason().as_string().as_deref()) {
        (true, Some("timeout")) => FailureKind::Timeout,
        (true, _) => FailureKind::Aborted,
        _ => FailureKind::Offline,
    }
}
