//! What a newcomer reads when everything is up.

use super::folder::Folder;
use private_postgres::Server;

/// Prints address, roles, things to try, where data lie and how to stop.
pub(crate) fn print(url: &str, folder: &Folder, postgres: Option<&Server>) {
    let database = postgres.map_or_else(
        || "din egen (DATABASE_URL)".to_owned(),
        |postgres| format!("egen PostgreSQL {} i {}", postgres.major(), postgres.data_dir().display()),
    );
    let data = folder.path().display();
    println!(
        "
 Karanteneregisteret   DEMO – alle reisende er oppdiktet
 ─────────────────────────────────────────────────────────────────────
 Portal      {url}
 API         {url}/api/v1   beskrevet i openapi.json
 Database    {database}
 Logg inn    velg rolle på innloggingssiden, uten passord i demo:
             ringer · skiftleder · kommunelege
             delegert med helsetilgang · delegert uten helsetilgang
             inspektør i Arbeidstilsynet · personvernombud · karantenehotell
 Prøv        1) Logg inn som ringer, og se listen fylles mens reisende kommer.
             2) Søk på et navn fra listen, med en skrivefeil i.
             3) Åpne en innreise i to vinduer, med to roller: de ser ulikt.
 Data        {data}   (nøkler i keyring, logger i *.log)
             Begynn på nytt: stopp, og kjør  rm -r {data}
 Stopp       Ctrl+C

 In English: open the address, choose a role, press Ctrl+C to stop; all data lie in the folder above.
"
    );
}
