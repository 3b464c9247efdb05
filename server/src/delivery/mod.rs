//! stub
use std::sync::Arc;
use crate::service::Service;
/// x
pub async fn work(_s: Arc<Service>, stop: impl Future<Output = ()> + Send) { stop.await }
