//! The master key at a key management service: a small one, which speaks as the transit engine does.

use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::post;
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::id::PersonId;
use jiff::Timestamp;
use serde_json::{Value, json};
use sqlx::PgPool;
use tempfile::TempDir;
use uuid::Uuid;

use super::*;
use crate::config::KeyFile;
use crate::test_support::municipality;

const TOKEN: &str = "hvs.of-a-test";
const PERSON: PersonId = PersonId(Uuid::from_u128(7));

/// A service that keeps a key, and how often it was asked.
struct Keeper {
    address: String,
    asked: Arc<AtomicUsize>,
    folder: TempDir,
    serving: tokio::task::JoinHandle<()>,
}

/// What it wraps is what it was sent, with the context beside it: enough to tell whether both come back.
async fn transit(
    State(asked): State<Arc<AtomicUsize>>,
    Path(path): Path<String>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Response {
    asked.fetch_add(1, Ordering::Relaxed);
    if headers.get("X-Vault-Token").is_none_or(|token| token != TOKEN) {
        return (StatusCode::FORBIDDEN, Json(json!({ "errors": ["permission denied"] }))).into_response();
    }
    let text = |name: &str| body[name].as_str().unwrap().to_owned();
    match &*path {
        "transit/encrypt/fornya" => {
            let kept = STANDARD.encode(json!([text("plaintext"), text("context")]).to_string());
            Json(json!({ "data": { "ciphertext": format!("vault:v1:{kept}"), "key_version": 1 } })).into_response()
        }
        "transit/decrypt/fornya" => {
            let kept = text("ciphertext").strip_prefix("vault:v1:").and_then(|kept| STANDARD.decode(kept).ok());
            let kept: Option<[String; 2]> = kept.and_then(|kept| serde_json::from_slice(&kept).ok());
            match kept {
                Some([plaintext, context]) if context == text("context") => {
                    Json(json!({ "data": { "plaintext": plaintext } })).into_response()
                }
                _ => (StatusCode::BAD_REQUEST, Json(json!({ "errors": ["invalid ciphertext"] }))).into_response(),
            }
        }
        "moved/encrypt/fornya" => Redirect::temporary("/v1/transit/encrypt/fornya").into_response(),
        "odd/encrypt/fornya" => Json(json!({ "data": { "ciphertext": 7 } })).into_response(),
        "slow/encrypt/fornya" => std::future::pending().await,
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

impl Keeper {
    async fn start() -> Self {
        let asked = Arc::new(AtomicUsize::new(0));
        let app = Router::new().route("/v1/{*path}", post(transit)).with_state(Arc::clone(&asked));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let serving = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        let keeper = Self { address, asked, folder: tempfile::tempdir().unwrap(), serving };
        keeper.say_token(TOKEN);
        keeper
    }

    fn token_file(&self) -> KeyFile {
        KeyFile::new(self.folder.path().join("token"))
    }

    fn say_token(&self, token: &str) {
        std::fs::write(self.token_file().path(), format!("{token}\n")).unwrap();
        std::fs::set_permissions(self.token_file().path(), std::fs::Permissions::from_mode(0o600)).unwrap();
    }

    fn kms(&self, mount: &str) -> Kms {
        let url = format!("{}/v1/{mount}/fornya", self.address).parse().unwrap();
        Kms::answering_within(Duration::from_millis(500), &url, self.token_file()).unwrap()
    }

    fn master(&self) -> MasterKey {
        MasterKey::kept_by(self.kms("transit"))
    }
}

async fn town(db: &Db, pool: &PgPool) -> MunicipalityId {
    let town = municipality(MunicipalityId(Uuid::now_v7()), "exempelby");
    let mut tx = SystemTx::begin(&db.register(pool)).await.unwrap();
    tx.add_municipality(&town).await.unwrap();
    tx.commit().await.unwrap();
    MunicipalityId(town.row.id)
}

async fn begin(db: &Db, town: MunicipalityId) -> Result<TenantTx, DbError> {
    TenantTx::begin(db, town, Actor::System, Timestamp::UNIX_EPOCH).await
}

#[sqlx::test(migrations = "../migrations")]
async fn keys_are_wrapped_and_unwrapped_where_the_master_key_is(pool: PgPool) {
    let keeper = Keeper::start().await;
    let db = Db::over(pool.clone(), keeper.master()).await;
    let town = town(&db, &pool).await;
    let sealed = begin(&db, town).await.unwrap().vault().seal(Column::PersonNumber, PERSON, b"1").unwrap();
    let (wrapped, by): (Vec<u8>, String) =
        sqlx::query_as("select wrapped, wrapped_by from municipality_key").fetch_one(&pool).await.unwrap();
    assert!(
        wrapped.starts_with(b"vault:v1:")
            && by.starts_with("kms http://127.0.0.1:")
            && by.ends_with("/v1/transit/fornya")
    );

    let restarted = Db::over(pool.clone(), keeper.master()).await;
    restarted.check_master_key().await.unwrap();
    let vault = begin(&restarted, town).await.unwrap().vault();
    assert_eq!(vault.open(Column::PersonNumber, PERSON, &sealed).unwrap(), b"1");
    let asked = keeper.asked.load(Ordering::Relaxed);
    begin(&restarted, town).await.unwrap();
    assert_eq!(keeper.asked.load(Ordering::Relaxed), asked, "it is asked once for each key, not for each transaction");

    // Another installation's key, in a file, is none of this database's.
    let file = MasterKey::from_base64(&MasterKey::generate_base64().unwrap()).unwrap();
    let refused = Db::over(pool, file).await.check_master_key().await.unwrap_err();
    assert!(matches!(refused, DbError::WrongMasterKey), "{refused}");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_a_file_wrapped_moves_to_the_service(pool: PgPool) {
    let keeper = Keeper::start().await;
    let text = MasterKey::generate_base64().unwrap();
    let file = || MasterKey::from_base64(&text).unwrap();
    let db = Db::over(pool.clone(), file()).await;
    let town = town(&db, &pool).await;
    let sealed = begin(&db, town).await.unwrap().vault().seal(Column::PersonNumber, PERSON, b"1").unwrap();
    let command = Db::owned(&pool, keeper.master().in_place_of(file()));
    command.check_master_key().await.unwrap();
    let mut tx = KeysTx::begin(&command, town).await.unwrap();
    assert_eq!(tx.wrap_anew().await.unwrap(), 1);
    tx.commit().await.unwrap();
    let after = Db::over(pool, keeper.master()).await;
    after.check_master_key().await.unwrap();
    let vault = begin(&after, town).await.unwrap().vault();
    assert_eq!(vault.open(Column::PersonNumber, PERSON, &sealed).unwrap(), b"1");
}

#[sqlx::test(migrations = "../migrations")]
async fn who_has_the_keys_goes_on_while_the_service_is_away_and_who_has_not_waits(pool: PgPool) {
    let keeper = Keeper::start().await;
    sqlx::query("grant select on _sqlx_migrations to fornya_system").execute(&pool).await.unwrap();
    let db = Db::over(pool.clone(), keeper.master()).await;
    let town = town(&db, &pool).await;
    begin(&db, town).await.unwrap();
    keeper.serving.abort();
    begin(&db, town).await.unwrap();
    assert!(Readiness::of(&db).is_ready().await.unwrap(), "it can do its work");
    let restarted = Db::over(pool, keeper.master()).await;
    let refused = begin(&restarted, town).await.err().unwrap();
    assert!(matches!(refused, DbError::Vault(VaultError::Kms(_))), "{refused:?}");
    assert_eq!(hindrance(&refused), Some(Hindrance::Away), "it can be asked again");
    let refused = restarted.check_master_key().await.unwrap_err();
    assert!(matches!(refused, DbError::Vault(VaultError::Kms(_))), "it does not pass for another key: {refused:?}");
}

#[tokio::test]
async fn what_does_not_answer_as_the_engine_does_is_refused() {
    let keeper = Keeper::start().await;
    let name = KeyName::first(MunicipalityId(Uuid::from_u128(1)));
    let wrap = async |mount: &str| MasterKey::kept_by(keeper.kms(mount)).new_key(name).await.map(|_| ());
    let kms = |told: Result<(), VaultError>| match told.unwrap_err() {
        VaultError::Kms(error) => error,
        other => panic!("{other}"),
    };
    assert!(
        matches!(kms(wrap("moved").await), KmsError::Refused(StatusCode::TEMPORARY_REDIRECT)),
        "no redirect is followed"
    );
    assert!(matches!(kms(wrap("odd").await), KmsError::Form));
    assert!(matches!(kms(wrap("slow").await), KmsError::Silent(_)));
    assert!(matches!(kms(wrap("nowhere").await), KmsError::Refused(StatusCode::NOT_FOUND)));

    // The token is read for each request, and told nowhere.
    wrap("transit").await.unwrap();
    keeper.say_token("hvs.another");
    let refused = kms(wrap("transit").await);
    assert!(matches!(refused, KmsError::Refused(StatusCode::FORBIDDEN)));
    let told = format!("{} {refused:?}", crate::chain::chain(&refused));
    assert!(!told.contains("hvs."), "{told}");
    keeper.say_token("no\u{7}header");
    assert!(matches!(kms(wrap("transit").await), KmsError::NoToken));
    std::fs::set_permissions(keeper.token_file().path(), std::fs::Permissions::from_mode(0o644)).unwrap();
    assert!(matches!(kms(wrap("transit").await), KmsError::Token(_)), "a token that others may read");
    keeper.say_token(TOKEN);

    // The context is sent both ways: another municipality's key does not unwrap.
    let key = keeper.master().new_key(name).await.unwrap();
    keeper.master().bytes(&key).await.unwrap();
    let moved = StoredKey { name: KeyName::first(MunicipalityId(Uuid::from_u128(2))), ..key };
    assert!(keeper.master().bytes(&moved).await.is_err());
}
