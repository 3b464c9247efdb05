//! stub
use crate::service::Service;
use std::sync::Arc;
/// x
pub async fn work(_s: Arc<Service>, stop: impl Future<Output = ()> + Send) {
    stop.await
}
