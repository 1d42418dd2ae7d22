//! `vitrine-service`: the command that starts the reference store service.

use lexopt::{Arg, ValueExt as _};
use std::path::PathBuf;
use std::process::ExitCode;
use vitrine_service::{Settings, serve};

const HELP: &str = "\
vitrine-service: which store has it, and hold it there

  --listen ADDRESS:PORT     where to listen (127.0.0.1:8080; port 0 takes a free one)
  --database sqlite:FILE    where reservations are kept (sqlite:vitrine.db)
  --seed FILE.json          stores, products and stock; loaded once, again when the file changed
  --www FOLDER              serve the demo shop's files from here
  --hold SECONDS            length of a hold (two days after the item is ready)
  --allow-origin ORIGIN     a foreign page's origin that may reserve; may be repeated
  --rate N                  reservations per client and minute (30)
  --quiet                   no log lines
";

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("vitrine-service: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), String> {
    let Some(settings) = settings().map_err(|error| format!("{error}. See --help"))? else {
        print!("{HELP}");
        return Ok(());
    };
    let running = serve(settings).await?;
    println!("http://{}", running.address);
    stop_wished().await;
    running.shutdown().await
}

fn settings() -> Result<Option<Settings>, lexopt::Error> {
    let mut settings = Settings::default();
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Arg::Long("listen") => settings.listen = arguments.value()?.parse()?,
            Arg::Long("database") => settings.database = arguments.value()?.string()?,
            Arg::Long("seed") => settings.seed = Some(PathBuf::from(arguments.value()?)),
            Arg::Long("www") => settings.www = Some(PathBuf::from(arguments.value()?)),
            Arg::Long("hold") => settings.hold_s = Some(arguments.value()?.parse()?),
            Arg::Long("allow-origin") => settings.allow_origins.push(arguments.value()?.string()?),
            Arg::Long("rate") => settings.rate.requests = arguments.value()?.parse()?,
            Arg::Long("quiet") => settings.quiet = true,
            Arg::Short('h') | Arg::Long("help") => return Ok(None),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Some(settings))
}

/// Ctrl-C, or the signal a supervisor sends.
async fn stop_wished() {
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    // Without a signal there is nothing to wait for but the process' end.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
