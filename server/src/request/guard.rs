//! The gate before every address: limits, headers, host, origin, then the shop's or the platform's own table.

use super::{
    asked::{Asked, split_locale},
    class::Class,
    client,
    headers::{dress, lasting},
    host::{Place, Standing, host_of},
    is_read, limits,
    origin::{Sender, is_write, sender},
    pack::packed,
    plain, see_other,
};
use crate::{
    cache::stored::Coding,
    shop::{browse, closed, faults},
    state::App,
};
use app::text::shop::TurnedAway;
use axum::{
    Router,
    body::HttpBody as _,
    extract::Request,
    response::{IntoResponse as _, Response},
};
use duka::{error::AppError, kernel::locale::Locale};
use futures_util::FutureExt as _;
use http::{
    HeaderValue, Method, StatusCode, Uri,
    header::{CACHE_CONTROL, LOCATION},
};
use std::{any::Any, net::IpAddr, panic::AssertUnwindSafe, sync::Arc, time::Instant};
use tower::ServiceExt as _;

/// Providers call these; they send neither cookies nor an origin.
const HOOKS: &str = "/hooks/";
/// Whoever calls these reads no pages.
const FOR_PROGRAMS: [&str; 2] = [HOOKS, "/api/"];

/// What stands behind the guard.
pub trait Answers: Clone + Send + Sync + 'static {
    fn ask(&self, request: Request) -> impl Future<Output = Response> + Send;
}

/// The two tables of addresses.
#[derive(Debug)]
pub struct Front {
    pub app: App,
    pub shop: Router,
    pub platform: Router,
}

impl Answers for Arc<Front> {
    fn ask(&self, request: Request) -> impl Future<Output = Response> + Send {
        dispatch(self, request)
    }
}

impl Answers for Router {
    async fn ask(&self, request: Request) -> Response {
        let Ok(answer) = self.clone().oneshot(request).await;
        answer
    }
}

/// Finds out where a request belongs and hands it on. What is awaited seldom is boxed: every request carries the room
/// for it, and is copied with it.
async fn dispatch(front: &Front, mut request: Request) -> Response {
    let app = &front.app;
    let address = limited_address(app, &request);
    let place = match host_of(request.headers(), request.uri()) {
        None => Place::Nowhere,
        Some(host) => match app.hosts.remembered(&host) {
            Some(place) => place,
            None => match Box::pin(find_place(app, &host, address)).await {
                Ok(place) => place,
                Err(AppError::TooMany { retry_after_seconds }) => {
                    return faults::too_many(app, split_locale(request.uri().path()).0, retry_after_seconds);
                }
                Err(fault) => return faults::bare(app, split_locale(request.uri().path()).0, fault),
            },
        },
    };
    let (class, tenant) = match &place {
        Place::Shop(shop, _) | Place::Moved(shop, ..) => (Class::of_shop(request.uri().path()), Some(shop.tenant)),
        Place::Platform => (Class::of_platform(request.uri().path()), None),
        Place::Nowhere => (Class::Merchant, None),
    };
    if let Some(address) = address
        && let Err(retry_after_seconds) = app.rates.ask(class, request.method(), address)
    {
        return faults::too_many(app, split_locale(request.uri().path()).0, retry_after_seconds);
    }
    let is_long = limits::is_long(request.uri().path());
    if !is_long && !request.body().is_end_stream() {
        request = Box::pin(limits::gathered(request)).await;
    }
    // Held until the answer is made; the bytes are sent without it.
    let is_slow = is_long && is_write(request.method());
    let held = if is_slow { app.admission.enter_slowly(address) } else { app.admission.enter(class, tenant) };
    let Some(_held) = held else {
        tracing::warn!(request.class = ?class, "sent away: there is too much to do");
        return faults::bare(app, split_locale(request.uri().path()).0, AppError::TryAgain { retry_after_seconds: 2 });
    };
    let is_hook = place == Place::Platform && request.uri().path().starts_with(HOOKS);
    if is_write(request.method()) && !is_hook {
        match sender(request.headers(), &app.config.base) {
            Sender::Foreign => return Box::pin(turn_away(app, place, request, TurnedAway::Foreign)).await,
            // Old browsers may shop. What a merchant does needs to know where it comes from.
            Sender::Silent if place == Place::Platform => {
                return Box::pin(turn_away(app, place, request, TurnedAway::Silent)).await;
            }
            Sender::Silent | Sender::Ours => {}
        }
    }
    // A language that the shop does not offer: the same page in the one it has.
    if let Place::Shop(shop, _) = &place
        && !shop.offers_swahili
        && is_read(request.method())
        && let (Locale::Sw, path) = split_locale(request.uri().path())
    {
        let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
        // One slash only: two would name another host.
        return see_other(&format!("/{}{query}", path.trim_start_matches(['/', '\\'])));
    }
    match place {
        Place::Nowhere => plain(StatusCode::NOT_FOUND, "There is no shop at this address.\n"),
        // For good, and only for looking: what was sent to the address before is still taken there.
        Place::Moved(_, _, home) if is_read(request.method()) => moved(&home, request.uri()),
        Place::Shop(shop, standing) | Place::Moved(shop, standing, _) => {
            let asked = Asked::of(app, shop, &request);
            // Most of what shoppers ask for was asked before: no table of addresses is needed to find it.
            if standing == Standing::Open
                && request.method() == Method::GET
                && let Some(answer) = browse::seen_before(app, &asked, request.headers())
            {
                return answer;
            }
            let coding = Coding::of(request.headers());
            Box::pin(async move { packed(closed::enter(front, asked, standing, request).await, coding).await }).await
        }
        Place::Platform => {
            request.extensions_mut().insert(app::assets::Assets(app.site.assets.clone()));
            let coding = Coding::of(request.headers());
            Box::pin(async move { packed(front.platform.ask(request).await, coding).await }).await
        }
    }
}

/// Where a host leads that is not remembered. Counted before the database is asked: of names that lead nowhere there is
/// no end.
async fn find_place(app: &App, host: &str, address: Option<IpAddr>) -> Result<Place, AppError> {
    if let Some(address) = address
        && let Err(retry_after_seconds) = app.rates.ask_host(address)
    {
        return Err(AppError::TooMany { retry_after_seconds });
    }
    app.hosts.find(host).await
}

/// The address that is counted. On a machine of one's own nobody is: there all requests come from one place.
fn limited_address(app: &App, request: &Request) -> Option<IpAddr> {
    let address = client::address(&app.config, request.extensions(), request.headers())?;
    let is_own_machine = address.is_loopback() && !app.config.is_production;
    (!is_own_machine).then_some(address)
}

async fn turn_away(app: &App, place: Place, request: Request, why: TurnedAway) -> Response {
    let locale = split_locale(request.uri().path()).0;
    let (Place::Shop(shop, _) | Place::Moved(shop, ..)) = place else {
        return faults::turned_away_bare(app, locale, why);
    };
    faults::turned_away(app, &Asked::of(app, shop, &request), why).await
}

/// Gives words to what the layers inside answer without any. No shop is asked for: what was sent may be an attack.
fn put_into_words(app: &App, locale: Locale, answer: Response) -> Response {
    // Our own pages and sentences say how long they may be kept; an answer that does not comes from such a layer.
    let is_ours = answer.headers().contains_key(CACHE_CONTROL);
    match answer.status() {
        _ if is_ours => answer,
        StatusCode::PAYLOAD_TOO_LARGE => faults::turned_away_bare(app, locale, TurnedAway::TooLarge),
        StatusCode::SERVICE_UNAVAILABLE => faults::bare(app, locale, AppError::TryAgain { retry_after_seconds: 5 }),
        _ => answer,
    }
}

/// "Moved permanently": the same page at the shop's own address.
fn moved(home: &str, asked: &Uri) -> Response {
    let path = asked.path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    let mut answer = (StatusCode::MOVED_PERMANENTLY, [(CACHE_CONTROL, "no-cache")]).into_response();
    // Both halves came in as parts of addresses, so this is one.
    let location = HeaderValue::from_str(&format!("{home}{path}")).unwrap_or(HeaderValue::from_static("/"));
    answer.headers_mut().insert(LOCATION, location);
    answer
}

/// Answers a request: bounds what it brings and how long it takes, catches what breaks, names it, dresses the answer,
/// writes the log line.
pub async fn answer<A: Answers>(app: &App, addresses: &A, request: Request) -> Response {
    let began = Instant::now();
    let id = duka::kernel::token::hex(&rand::random::<[u8; 8]>());
    let method = request.method().clone();
    let lasting = lasting(&app.config.base, || host_of(request.headers(), request.uri()));
    let (locale, path) = split_locale(request.uri().path());
    let is_for_people = !FOR_PROGRAMS.iter().any(|start| path.starts_with(start));
    // Only a whole answer comes out; what broke on the way is dropped with the request.
    let mut answer = match AssertUnwindSafe(within_limits(addresses, request)).catch_unwind().await {
        Ok(answer) if is_for_people => put_into_words(app, locale, answer),
        Ok(answer) => answer,
        Err(panic) => faults::bare(app, locale, panicked(panic.as_ref())),
    };
    let (status, micros) = (answer.status().as_u16(), u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX));
    if answer.status().is_server_error() {
        tracing::warn!(request.id = %id, http.method = %method, http.status = status, duration_us = micros, "answered");
    } else {
        tracing::debug!(request.id = %id, http.method = %method, http.status = status, duration_us = micros, "answered");
    }
    dress(&mut answer, lasting, id);
    answer
}

async fn within_limits<A: Answers>(addresses: &A, request: Request) -> Response {
    let longest = limits::longest(request.uri().path());
    // The layer outside gives these words; nobody is asked for a shop.
    let Some(request) = limits::bounded(request) else { return StatusCode::PAYLOAD_TOO_LARGE.into_response() };
    let answer = tokio::time::timeout(longest, addresses.ask(request)).await;
    answer.unwrap_or_else(|_| StatusCode::SERVICE_UNAVAILABLE.into_response())
}

/// A panic is ours to mend: a reference for the person, the rest for the log.
fn panicked(panic: &(dyn Any + Send)) -> AppError {
    let said = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("a panic");
    AppError::broken(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many bytes a request carries for what may be awaited on its way.
    fn room<F: Future>(_: fn(&'static Front, Request) -> F) -> usize {
        size_of::<F>()
    }

    #[test]
    fn what_is_seldom_awaited_takes_no_room_in_every_request() {
        let room = room(dispatch);
        assert!(room <= 2048, "{room} bytes");
    }
}
