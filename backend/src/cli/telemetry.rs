//! Logs as JSON on standard error; traces to a collector when one is configured.

use super::Failure;
use opentelemetry::trace::TracerProvider;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

/// Starts logging. Level by `RUST_LOG`, `info` when not set. With `OTEL_EXPORTER_OTLP_ENDPOINT` set, spans are
/// sent there; keep the value until the program ends.
pub fn start() -> Result<Option<SdkTracerProvider>, Failure> {
    // sqlx would log statements and the OTLP client its own requests; neither belongs in this log.
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let filter = filter.add_directive("sqlx=off".parse()?).add_directive("hyper=warn".parse()?);
    let provider = match std::env::var_os("OTEL_EXPORTER_OTLP_ENDPOINT") {
        Some(_) => {
            let exporter = opentelemetry_otlp::SpanExporter::builder().with_http().build()?;
            Some(SdkTracerProvider::builder().with_batch_exporter(exporter).build())
        }
        None => None,
    };
    let traces = provider
        .as_ref()
        .map(|provider| tracing_opentelemetry::layer().with_tracer(provider.tracer("register")));
    let lines = tracing_subscriber::fmt::layer().json().with_writer(std::io::stderr).with_filter(filter);
    tracing_subscriber::registry().with(traces).with(lines).try_init()?;
    Ok(provider)
}
