# Nynorsk. The three files have the same keys in the same order. Plain and short: what happened, what to do.

## The product and the frame
product = Kontrollsenteret
skip-link = Hopp til innhaldet
nav-label = Hovudmeny
nav-municipality = Kommunen
nav-entries = Innreiser
nav-call = Ring
nav-board = Tavle
nav-workbench = Nasjonalt arbeidsbord
nav-register = Tilstanden i registeret
nav-retention = Sletting
preferences-label = Innstillingar og brukar
preferences-open = Innstillingar
language-label = Språk
scheme-label = Fargar
scheme-light = Lyse
scheme-dark = Mørke
scheme-auto = Som eininga
shortcuts-open = Snarvegar
log-out = Logg ut
demo-note = Demo: alle personane er oppdikta.
ten-days = Alt om ein person blir sletta seinast ti dagar etter at innreisa vart registrert.
loading = Hentar …
close = Lukk
cancel = Avbryt
back-to-entries = Til lista over innreiser
back-to-municipality = Til lista til kommunen

## Whether news comes in
feed-label = Mottak og oppdatering
feed-last = Siste opplysning frå kjelda: kl. { $time }
feed-last-day = Siste opplysning frå kjelda: { $moment }
feed-none = Ingen opplysningar frå kjelda enno
feed-today = { $count ->
    [one] 1 innreise registrert i dag
   *[other] { $shown } innreiser registrerte i dag
}
feed-lag = { $count ->
    [one] Listene ligg 1 hending etter
   *[other] Listene ligg { $shown } hendingar etter
}
feed-silent = { $count ->
    [one] Det har ikkje kome opplysningar frå kjelda på 1 minutt. Sei frå til skiftleiar.
   *[other] Det har ikkje kome opplysningar frå kjelda på { $shown } minutt. Sei frå til skiftleiar.
}
live-connecting = Koplar til …
live-on = Blir oppdatert fortløpande
live-retrying = Sist oppdatert { $time } – koplar til igjen

## Roles
role-caller = Rettleiar
role-shift-lead = Skiftleiar
role-municipal-doctor = Kommunelege
role-delegate-with-health = Delegat med helsetilgang
role-delegate-without-health = Delegat utan helsetilgang
role-labour-inspector = Inspektør i Arbeidstilsynet
role-data-protection-officer = Personvernombod
role-machine = Maskin

## Log in
login-title = Logg inn
login-lead = Vel kven du vil vere. I demoen trengst det ikkje passord.
login-button = Logg inn som { $name }
login-missing-title = Innlogging er ikkje sett opp
login-missing = Denne installasjonen har inga innlogging enno. Kontakt dei som driv registeret.
login-municipality = Kommune: { $name }
ended-title = Økta er over
ended-text = Du er logga ut. Det du har lagra, er trygt. Logg inn igjen for å halde fram.
ended-button = Logg inn igjen
ended-here-text = Logg inn att her, så held du fram der du var. Det du har skrive, er ikkje borte.
ended-here-other = Dersom ein annan loggar inn, forsvinn det som ikkje er lagra.
ended-elsewhere = Eg har logga inn i ei anna fane
denied-title = Du har ikkje tilgang til denne sida
denied-text = Rolla di gir ikkje tilgang hit. Treng du tilgang, snakk med den som styrer tilgangane.

## Start page of roles with nothing to do yet
home-title = Velkomen
home-other = Rolla di har ingen oppgåver her enno.

## The list
entries-title = Innreiser
entries-caption = Innreiser, { $from }
filter-label = Filtrer innreiser
filter-municipality = Ansvarleg kommune
filter-municipality-hint = Namn eller nummer
filter-municipality-unknown = Fann ingen kommune med dette namnet. Vel ein frå lista.
filter-status = Oppfølging
filter-arrival-from = Framkomst frå
filter-arrival-to = Framkomst til
filter-language = Språk
filter-obligation = Plikt
filter-place = Karantenestad
filter-employer = Organisasjonsnummeret til arbeidsgivaren
filter-employer-wrong = Eit organisasjonsnummer har ni siffer.
filter-unroutable = Utan ansvarleg kommune
filter-any = Alle
filter-more = Fleire filter
filter-active = Aktive filter
filter-remove = Fjern filter: { $name }
filter-remove-all = Fjern alle filter
chip = { $name }: { $value }
sort-label = Sortering
sort-arrival-descending = Siste framkomst først
sort-arrival-ascending = Første framkomst først
sort-registered-descending = Sist registrert først
sort-registered-ascending = Blir sletta først
counts-label = Talet på innreiser etter oppfølging
counts-shown = { $count ->
    [one] Viser { $shown } av 1 innreise
   *[other] Viser { $shown } av { $total } innreiser
}
counts-all = Alle
status-not-set = Ikkje sett
status-ok = OK
status-not-ok = Ikkje OK
status-no-answer = Ikkje svar
obligation-quarantine = Karantene
obligation-exempt = Unntak
obligation-unknown = Ukjent
column-arrival = Framkomst
column-name = Namn
column-birth-year = Fødd
column-phone = Telefon
column-municipality = Kommune
column-language = Språk
column-obligation = Plikt og stad
column-status = Oppfølging
column-flags = Avvik
column-ends = Blir sletta seinast
column-matched = Funnen på
name-missing = Utan namn
phone-missing = Utan nummer
municipality-missing = Ingen enno
not-told = Ikkje oppgitt
flag-count = { $count ->
    [one] 1 avvik
   *[other] { $shown } avvik
}
page-next = Neste
page-previous = Førre
page-label = Sider
page-number = Side { $shown }
list-new-rows = { $count ->
    [one] 1 ny – vis
   *[other] { $shown } nye – vis
}
list-changed-rows = Lista er endra – vis
list-announce-new = { $count ->
    [one] 1 ny innreise i lista
   *[other] { $shown } nye innreiser i lista
}
row-new = Ny
row-changed = Endra
empty-none-title = Ingen innreiser no
empty-none = Nye innreiser dukkar opp her av seg sjølve når kjelda melder dei.
empty-filtered-title = Ingen innreiser passar filteret
empty-filtered = { $count ->
    [one] Det finst 1 innreise utan filter. Fjern filteret for å sjå henne.
   *[other] Det finst { $shown } innreiser utan filter. Fjern eit filter for å sjå fleire.
}
empty-page-title = Denne sida er tom
empty-page = Innreisene her er sletta eller flytta. Gå til første sida.
empty-first-page = Til første sida

## Failures
retry = Prøv igjen
failure-offline-title = Ingen kontakt med registeret
failure-offline = Sjekk nettet og prøv igjen. Ingenting har gått tapt.
failure-unreadable-title = Svaret kunne ikkje lesast
failure-unreadable = Feilen er vår. Prøv igjen om litt. Last sida på nytt om det ikkje hjelper.
failure-reference = Referanse: { $reference }

## Search
search-label = Søk etter innreise
search-hint = Namn, fødselsnummer, telefon eller referansekode
search-button = Søk
search-title = Søk
search-idle-title = Søk etter ein reisande
search-idle = Skriv i søkjefeltet øvst. Namn kan vere skrivne litt feil.
search-found = { $count ->
    [one] 1 treff
   *[other] { $shown } treff
}
search-more = Det finst fleire treff. Skriv meir for å snevre inn.
search-none-title = Ingen treff
search-none = Prøv færre ord, telefonnummer eller referansekode. Innreiser eldre enn ti dagar er sletta.
search-caption = Treff, dei beste først
matched-identity = Identitetsnummer
matched-reference-code = Referansekode
matched-phone = Telefon
matched-employer = Arbeidsgivar
matched-name = Namn
matched-name-prefix = Byrjinga av namnet
matched-name-sound = Namn som liknar

## One entry
entry-title = Innreise
entry-not-found-title = Fann ikkje innreisa
entry-not-found = Lenkja er feil, eller innreisa høyrer til ein kommune du ikkje har tilgang til.
entry-ended-title = Innreisa er sletta
entry-ended = Dei ti dagane er over. Alt om innreisa er borte og kan ikkje hentast fram.
entry-deleted-by = Blir sletta seinast { $moment }
entry-deleted = Blir sletta seinast
entry-days-left = { $count ->
    [0] mindre enn eitt døgn att
    [one] 1 døgn att
   *[other] { $shown } døgn att
}
section-trip = Reisa
section-quarantine = Karantene
section-person = Personen
section-employer = Arbeidsgivar
section-flags = Avvik i opplysningane
section-party = Reisefølgje
section-timeline = Hendingar
section-raw = Opplysningane frå kjelda
fact-arrival = Framkomst
fact-registered = Registrert
fact-status = Oppfølging
fact-status-since = { $status }, sett { $moment }
fact-municipality = Ansvarleg kommune
fact-arrival-municipality = Kommune ved framkomst
fact-hotel-municipality = Kommunen til hotellet
fact-basis = Kommunen er funnen ved
basis-hotel = kommunen til hotellet under opphaldet
basis-destination = kommunen kjelda oppgav
basis-postcode = postnummeret
basis-manual = avgjerd ved arbeidsbordet
basis-unroutable = ikkje funnen enno
basis-declined = send tilbake av kommunen
fact-travel-method = Reisemåte
fact-travel-details = Rute eller kjenneteikn
fact-departure = Reist frå
fact-transit = Reist gjennom
fact-travellers = Reiser saman
fact-travellers-value = { $count ->
    [one] 1 person
   *[other] { $shown } personar
}
fact-under-16 = { $count ->
    [one] 1 under 16 år
   *[other] { $shown } under 16 år
}
fact-leisure = Fritidsreise
fact-necessary = Naudsynt reise
fact-border-crossed = Grensepassering
fact-border-station = Grensestasjon
fact-border-assessment = Vurdering ved grensen
fact-reference-codes = Referansekoder
fact-obligation = Plikt
fact-exemption = Unntak
fact-exemption-detail = Nærare om unntaket
fact-place = Karantenestad
fact-place-name = Namnet på staden
fact-address = Adresse
fact-hotel-at-arrival = Hotell ved framkomst
fact-hotel-from = På hotell frå
fact-hotel-at-departure = Hotell ved avreise
fact-hotel-until = På hotell til
fact-birth-date = Fødd
fact-phones = Telefon
fact-phone-undiallable = { $given } (kan ikkje ringjast)
fact-email = E-post
fact-language = Språk
fact-residence = Bustad
fact-identities = Identitet
identity-national-identity-number = Fødselsnummer
identity-d-number = D-nummer
identity-common-auxiliary-number = Felles hjelpenummer
identity-passport = Pass
identity-unknown = Ukjent type
check-valid = kontrollsifferet stemmer
check-synthetic = syntetisk, berre for test
check-unchecked = ikkje kontrollert
check-failed = kontrollsifferet er feil
fact-employer-name = Namn
fact-employer-number = Organisasjonsnummer
fact-employer-address = Adresse
fact-employer-contact = Kontaktperson
fact-employer-phone = Kontakttelefon
yes = Ja
no = Nei
flag-line = { $field }: { $reason }
flag-unknown-code = koden finst ikkje i noka kodeliste
flag-unknown-value = verdien er ikkje mellom dei avtala
flag-unknown-field = feltet er ikkje avtalt
flag-not-a-number = er ikkje eit tal
flag-not-a-date = er ikkje ein dato
flag-implausible-date = datoen kan ikkje stemme
flag-undiallable-phone = nummeret kan ikkje ringjast
flag-failed-identity-check = kontrollsifferet er feil
flag-conflicting-identity = identitetane motseier kvarandre
flag-failed-org-number-check = organisasjonsnummeret har feil kontrollsiffer
flag-unknown-postcode = postnummeret fanst ikkje då
flag-unknown-municipality = kommunen fanst ikkje då
flag-conflicting-municipality = to felt oppgir ulike kommunar
flag-damaged-text = teksten ser øydelagd ut
party-none = Ingen andre er kjende i reisefølgjet.
party-caption = Andre i reisefølgjet
timeline-registered = Registrert
timeline-registered-code = Referansekode { $code }
timeline-updated = Oppdatert frå kjelda
timeline-joined = Same reise under ein ny referansekode
timeline-routed = Kommune vald: { $municipality }
timeline-declined = Kommunen { $municipality } sende innreisa tilbake
timeline-reason = Grunngiving: { $reason }
timeline-end-requested = Bedt sletta før fristen
timeline-end-withdrawn = Sletting før fristen er avvist eller trekt
timeline-end-confirmed = Sletting før fristen er godkjend
timeline-dialled-outbound = Ringde { $phone }
timeline-dialled-inbound = Vart ringt opp frå { $phone }
timeline-concluded = Resultat av samtalen
timeline-corrected = Resultatet er retta
timeline-corrected-former = Det tidlegare resultatet står lenger opp.
timeline-undone = Resultatet vart angra med ein gong
timeline-skipped = Rettleiaren gav kortet tilbake
timeline-directed-as-policy = Køplass: som vanleg
timeline-directed-first = Køplass: sett først
timeline-directed-to = Køplass: gjeven til { $name }
timeline-directed-set-aside = Køplass: lagd til side til { $moment }
timeline-reviewed-good = Samtalen vart sett gjennom og var som han skal
timeline-reviewed-other = Samtalen vart sett gjennom og kunne vore betre
timeline-number-wrong = { $phone } høyrer til nokon andre
timeline-message-ordered = SMS bestilt: { $message } ({ $language })
timeline-message-accepted = SMS er send
timeline-message-delivered = SMS er levert
timeline-message-failed = SMS kom ikkje fram
timeline-message-invalid-recipient = Nummeret kan ikkje ta imot SMS
timeline-message-unknown = Det er ukjent om SMS-en kom fram
timeline-message-stopped = SMS vart stoppa: { $why }
outcome-hidden = Du har ikkje tilgang til innhaldet.
outcome-employer = Arbeidsgjevar kan ha svikta
outcome-call-back = Ring igjen: { $moment }
outcome-language = Treng språk: { $language }
outcome-note = Merknad: { $note }
outcome-answers = Svar på spørsmåla
contact-answered = Svara
contact-no-answer = Svara ikkje
contact-busy = Oppteke
contact-voicemail-left = Telefonsvarar, la igjen beskjed
contact-wrong-number = Feil nummer
contact-number-not-in-service = Nummeret er ikkje i bruk
contact-language-barrier = Ikkje noko felles språk
contact-refused = Ville ikkje snakke
contact-call-back-requested = Vil bli ringt seinare
contact-hung-up = La på
contact-third-party = Ein annan tok telefonen
assessment-understands-and-complies = Kjenner reglane og følgjer dei
assessment-needed-guidance-now-complies = Trong rettleiing, følgjer dei no
assessment-suspected-breach = Mistanke om brot
assessment-exempt-confirmed = Har unntak
assessment-left-country = Har reist ut av Noreg
assessment-not-travelled = Kom aldri til Noreg
assessment-positive-referred-to-municipality = Har testa positivt, kommunen følgjer opp
assessment-unable-to-assess = Kan ikkje vurderast
breach-not-at-place = Er ikkje på karantenestaden
breach-working = Er på jobb blant andre
breach-receives-visitors = Får besøk
breach-shared-room = Deler soverom
breach-shared-facilities = Deler bad eller kjøkken med andre
breach-among-people = Er blant folk eller bruker kollektivtransport
breach-test-not-taken = Har ikkje teke testen
breach-other = Noko anna (skriv kva i merknaden)
skip-knows-the-traveller = Eg kjenner den reisande
skip-language-not-spoken = Eg snakkar ikkje språket
skip-just-spoken-with = Nokon har nett snakka med den reisande
skip-card-looks-wrong = Kortet kan ikkje stemme. Skiftleiar må sjå på det
skip-shift-ends = Vakta mi er over
message-day-2 = andre karantenedag
message-day-5 = femte karantenedag
message-no-answer = vi ringde, og ingen svara
message-guidance-after-call = rettleiing etter samtalen
message-language-barrier = ein som kan språket, ringjer
stop-out-of-scope = den reisande skal ikkje følgjast opp lenger
stop-handed-over = kommunen har teke over
stop-quarantine-over = karantenen er over
stop-wrong-number = nummeret høyrer til nokon andre
timeline-by = av { $actor }
timeline-change-caption = Endra felt
timeline-field = Felt
timeline-before = Før
timeline-after = Etter
timeline-empty = tomt
actor-feed = kjelda
actor-file = fil
actor-demo = demoen
raw-lead = Slik kjelda sende dei, eldste først. Oppslaget blir logga.
raw-record = Opplysning { $shown }
raw-field = Felt
raw-value = Verdi

## The national workbench
workbench-title = Nasjonalt arbeidsbord
workbench-lead = Desse innreisene har ingen ansvarleg kommune. Dei som blir sletta først, står øvst.
workbench-caption = Innreiser utan ansvarleg kommune
workbench-total = { $count ->
    [one] 1 innreise ventar
   *[other] { $shown } innreiser ventar
}
workbench-empty-title = Alle innreisene har ein kommune
workbench-empty = Nye innreiser utan kommune dukkar opp her av seg sjølve.
workbench-address = Adresse slik ho vart oppgitt
workbench-postcode = Postnummer
workbench-suggestions = Forslag
workbench-no-suggestions = Ingen
workbench-declined = Send tilbake av { $municipality } { $moment } ({ $name }): { $reason }
workbench-action = Handling
workbench-choose = Vel kommune
workbench-choose-for = Vel kommune for { $name }
workbench-load-more = Vis fleire
route-title = Vel ansvarleg kommune
route-municipality = Kommune
route-suggested = Foreslått
route-reason = Grunngiving
route-reason-hint = Kvifor denne kommunen? Høgst 500 teikn. Ho blir lagra og sletta med innreisa.
route-submit = Send til kommunen
route-sending = Sender …
route-missing-municipality = Vel ein kommune frå lista.
route-missing-reason = Skriv ei grunngiving på 1–500 teikn.
route-done = Send til { $municipality }.
route-changed-title = Nokon andre har endra innreisa
route-changed = Valet ditt er ikkje lagra. Sjå over den nye versjonen og vel på nytt.
route-reload = Hent ny versjon

## The lists of a municipality
municipality-title = Innreisene til kommunen
municipality-heading = Innreiser i { $municipality }
municipality-caption = Innreiser i lista
municipality-empty-title = Ingen innreiser her no
municipality-empty = Når ei innreise høyrer til denne lista, dukkar ho opp av seg sjølv.
municipality-empty-filtered = Fjern eit filter for å sjå fleire.
tabs-label = Lister
tab-responsible = Vårt ansvar
tab-hotel = På hotell her
tab-destination = På veg hit
tab-formerly = Nyleg flytta herifrå
news-label = Nytt sidan sist
news-first-time = Første gongen du er her, er ingenting merkt. Merk alt som sett når du har sett gjennom lista. Etter det ser du kva som er nytt, endra, flytta eller sletta.
news-since = Nytt sidan du sist såg ({ $moment }):
news-none = Ingenting nytt sidan du sist såg ({ $moment }).
news-new = { $count ->
    [one] 1 ny
   *[other] { $shown } nye
}
news-changed = { $count ->
    [one] 1 endra
   *[other] { $shown } endra
}
news-moved = { $count ->
    [one] 1 flytta
   *[other] { $shown } flytta
}
news-ended = { $count ->
    [one] 1 sletta
   *[other] { $shown } sletta
}
news-mark-seen = Merk alt som sett
news-none-title = Ingenting nytt her
news-none-here = Ingen innreiser i denne lista er slik du valde å sjå.
news-show-all = Vis heile lista
mark-new = Ny
mark-changed = Endra
mark-gone = Flytta
column-stay = Opphaldsstad
column-quarantine-ends = Karantene til og med
column-result = Prøvesvar
column-due = Neste steg
result-none = Ingen kjend
call-not-concluded = utfallet er ikkje ført
last-call-outbound = Ringt { $moment }
last-call-inbound = Ringde sjølv { $moment }
last-call-corrected = Utfallet er retta
plain-call = Sist ringt { $moment }
plain-call-reached = Sist ringt { $moment }, vart nådd
plain-call-not-reached = Sist ringt { $moment }, ikkje nådd
due-call = Kontrollsenteret ringjer
due-call-back = Kontrollsenteret ringjer tilbake som avtalt
due-followed-up = Følgd opp
due-handed-over = Kommunen følgjer opp
due-not-reached = Kan ikkje nåast på telefon
due-not-obliged = Inga karanteneplikt
due-departed = Har reist eller kom aldri
due-not-called = Blir ikkje ringt
due-from = Frå { $moment }
moved-here = Kom hit frå { $from } { $moment }: { $why }.
moved-away = Gjekk til { $to } { $moment }: { $why }.
moved-between = Gjekk frå { $from } til { $to } { $moment }: { $why }.
moved-why-hotel-stay = er på karantenehotell
moved-why-hotel-left = opphaldet på karantenehotell er over
moved-why-source-changed = kjelda har retta opphaldsstaden
moved-why-decided = avgjort ved nasjonalt arbeidsbord
moved-why-declined = kommunen sa at innreisa ikkje er deira
fact-moved = Flytta
fact-calls = Oppringingar
not-ours-open = Ikkje vår
not-ours-title = Innreisa er ikkje vår
not-ours-text = Innreisa går til nasjonalt arbeidsbord, som finn rett kommune. De ser ho i eitt døgn til.
not-ours-hint = Kvifor er ho ikkje dykkar, og kvar høyrer ho til? Høgst 500 teikn. Grunngivinga blir lagra og sletta med innreisa.
not-ours-send = Send til arbeidsbordet
not-ours-changed = Ho er ikkje send. Hent den nye versjonen, sjå om ho framleis ikkje er dykkar, og send på nytt. Det du skreiv, står.
not-ours-done = Innreisa er send til nasjonalt arbeidsbord.

## Å ringje
call-title = Ring
call-next = Neste
call-changed = Innreisa er endra sidan kortet vart henta. Sjå over det nye kortet før du ringjer.
call-saved = Lagra kl. { $time }: { $name }
call-undone = Resultatet er teke tilbake. Rett det og lagre på nytt.
undo = Angre
save = Lagre
save-and-next = Lagre og neste
saving-sending = Lagrar …
saving-again = Ikkje lagra enno. Registeret svarar ikkje, og vi prøver igjen. Lat sida stå open.
saving-logged-out = Ikkje lagra enno. Logg inn att, så blir det lagra.
draft-saving = Lagrar utkast …
draft-saved = Utkast lagra kl. { $time }
draft-failed = Utkast ikkje lagra
panel-inbound = { $name } ringjer
panel-left = Samtalen har ikkje fått resultat
lease-minutes = { $count ->
    [one] Kortet er ditt i 1 minutt
   *[other] Kortet er ditt i { $shown } minutt
}
lease-seconds = { $count ->
    [one] Kortet er ditt i 1 sekund
   *[other] Kortet er ditt i { $shown } sekund
}
lease-short = Kortet er ditt i mindre enn to minutt. Vel Forleng for å behalde det.
lease-extend = Forleng
lease-lost = Kortet er ikkje lenger ditt, for tida gjekk ut eller skiftleiar tok det. Vel Neste.
lease-lost-dialled = Kortet er ikkje lenger ditt, men du kan lagre samtalen du har ringt. Det du har skrive, står her.
why = Øvst fordi { $ground }.
why-call-back = den avtalte tida er komen
why-lead-decided = skiftleiar har sett den først
why-last-day = karantenen eller dataa er over innan eit døgn
why-suspected-before = det har vore mistanke om brot
why-employer-provides-place = arbeidsgjevar skaffar karantenestaden
why-never-reached = ingen har snakka med den reisande enno
why-turn = det er denne som står for tur
why-day = Dag { $day } av karantenen.
why-quarantine-left = { $count ->
    [0] Siste døgn av karantenen.
    [one] 1 døgn att av karantenen.
   *[other] { $shown } døgn att av karantenen.
}
why-data-left = { $count ->
    [0] Dataa blir sletta innan eit døgn.
    [one] 1 døgn att av dataa.
   *[other] { $shown } døgn att av dataa.
}
why-failed = { $count ->
    [one] Ringt 1 gong utan samtale.
   *[other] Ringt { $shown } gonger utan samtale.
}
why-spilled-over = Henta frå køen til eit anna språk.
dial = Ring { $phone }
dial-wrong = { $phone } høyrer til nokon andre
dial-none = Det er ingen nummer å ringje. Hopp over kortet, så ser skiftleiar på det.
card-language = Språk å ringje på
card-ends = Karantenen er over
card-attempts = Tidlegare samtalar
card-no-attempts = Ingen har ringt enno.
card-no-outcome = Utan resultat
card-direction-outbound = Ringt
card-direction-inbound = Ringde inn
languages-spoken = Eg snakkar
languages-none = Vel språka du snakkar.
nobody-no-card = Vel Neste for å få eit kort.
nobody-outside-hours = Det er for tidleg eller for seint å ringje no.
nobody-other-languages = Dei som skal ringjast no, snakkar språk du ikkje har valt. Vel fleire språk om du kan dei.
nobody-nobody-due = Ingen skal ringjast akkurat no.
nobody-again = Prøv igjen { $moment }.
skip = Hopp over
skip-title = Hoppe over kortet?
skip-reason = Kvifor? Skiftleiar ser svaret.
skip-missing = Vel ein grunn.
skip-send = Gje kortet tilbake
skip-done = Kortet er gjeve tilbake.
inbound = Nokon ringjer inn
inbound-phone = Nummeret som blir vist
inbound-none = Inga innreise har dette nummeret. Søk på namn øvst på sida.
inbound-match = { $name }, fødd { $born }, framkomst { $arrival }
outcome-how = Korleis gjekk det?
outcome-say-nothing = Ikkje sei kven du leitar etter, eller kvifor. Orsak, og avslutt.
outcome-assessment = Vurdering
outcome-proposed = Føreslått av svara
outcome-grounds = Kva byggjer mistanken på?
outcome-note-label = Merknad
outcome-note-hint = Berre det neste som ringjer, treng å vite. Blir sletta med innreisa.
outcome-missing-contact = Vel korleis det gjekk.
outcome-missing-assessment = Svar på spørsmåla, eller vel ei vurdering.
outcome-missing-grounds = Vel kva mistanken byggjer på.
outcome-missing-note = Skriv i merknaden kva det andre er.
outcome-missing-time = Vel når det skal ringjast igjen.
outcome-missing-language = Vel kva språk som trengst.
later-label = Når skal vi ringje igjen?
later-half-hour = Om ein halv time
later-two-hours = Om to timar
later-evening = I kveld kl. 18
later-tomorrow = I morgon kl. 9
later-time = Anna tid (norsk klokke)
barrier-label = Kva språk trengst?
barrier-other = Eit anna språk
barrier-none = Vel språk
script-language = Språket du les på
script-failed = Fekk ikkje henta spørsmåla. Snakk fritt, og vel ei vurdering under.
leaving-title = Når du lagrar:
leaving-status = Oppfølging blir «{ $status }».
leaving-nobody = Ingen andre får vite noko.
leaving-to = { $receiver } får vite: { $parts }
leaving-asking = Hentar kven som får vite kva …
leaving-unknown = Kunne ikkje hente kven som får vite kva. Du kan lagre likevel.
leaving-first = Sjå først kven som får vite kva, og lagre så.
receiver-municipality = Kommunen
receiver-traveller = Den reisande, på SMS
leaving-part-identity = namn og nummer
leaving-part-place = karantenestad
leaving-part-assessment = vurdering
leaving-part-grounds = kva mistanken byggjer på
leaving-part-note = merknaden
leaving-part-template = ein fast tekst utan opplysningar om personen

## Tavla til skiftleiaren
board-title = Tavle
board-open = Det kan ringjast no.
board-open-until = Det kan ringjast til kl. { $time }.
board-closed = Det kan ikkje ringjast no.
board-closed-until = Det kan ikkje ringjast før kl. { $time }.
board-age-median = Halvparten har venta så lenge
board-age-p90 = Éin av ti har venta så lenge
board-attempts = Samtalar forsøkte i dag
board-answered = Av dei svarte
board-languages = Kven ventar på kva språk
board-waiting = Ventar
board-callers = Rettleiarar
board-no-caller = ingen snakkar språket
part-ready = Klare no
part-held = Hos ein rettleiar
part-later-today = Seinare i dag
part-outcome-missing = Utan resultat
part-skipped = Hoppa over i dag
part-review = Skal gjennomgåast
callers-title = Rettleiarar på jobb
callers-caption = Rettleiarar og kortet dei har no
callers-seen = Sist aktiv
callers-card = Kort
callers-no-card = Har ikkje kort
callers-ends = Kortet går tilbake
callers-ends-in = om { $span }
callers-ends-soon = om mindre enn to minutt
release = Ta kortet
release-title = Ta kortet frå rettleiaren?
release-text = { $name } mistar kortet, og det går tilbake i køen. Det som er skrive, ligg som utkast.
release-send = Legg tilbake i køen
release-done = Kortet er teke frå { $name }.
queue-title = Kø
queue-of-language = { $part }: { $language }
queue-back = Til tavla
queue-parts = Delar av køen
queue-caption = Kort i den rekkjefølgja dei blir delte ut
queue-empty-title = Ingen kort her
queue-empty = Kort dukkar opp her av seg sjølv.
queue-choose = Vel
queue-choose-one = Vel { $name }
queue-why = Står her fordi
queue-due = Skal ringjast
queue-held = Hos
queue-held-until = { $name }, til kl. { $time }
decide-title = { $count ->
    [one] 1 kort er valt
   *[other] { $shown } kort er valde
}
decide-way = Kva skal skje med dei?
way-first = Set først i køen
way-to = Gje til ein rettleiar
way-set-aside = Legg til side til eit tidspunkt
way-as-policy = Tilbake til vanleg plass
decide-caller = Rettleiar
decide-caller-none = Vel rettleiar
decide-until = Til (norsk klokke)
decide-missing = Vel kva som skal skje, og fyll ut det som høyrer til. Eit tidspunkt må vere fram i tid.
decide-reason-hint = Kvifor? Høgst 500 teikn. Ho blir lagra og sletta med innreisa.
decide-look = Sjå kva som skjer
decide-preview = Dersom du går vidare:
decide-do = Utfør
decided-changed = { $count ->
    [one] 1 kort blir flytta.
   *[other] { $shown } kort blir flytta.
}
decided-unchanged = { $count ->
    [one] 1 kort står slik frå før.
   *[other] { $shown } kort står slik frå før.
}
decided-held = { $count ->
    [one] 1 kort er hos ein rettleiar og blir flytta etterpå.
   *[other] { $shown } kort er hos ein rettleiar og blir flytta etterpå.
}
decided-gone = { $count ->
    [one] 1 kort finst ikkje lenger.
   *[other] { $shown } kort finst ikkje lenger.
}
decided-undone = { $count ->
    [one] Angra. 1 kort står som før.
   *[other] Angra. { $shown } kort står som før.
}
correct = Rett resultatet
correct-title = Rette resultatet av samtalen
correct-reason-hint = Kva var feil? Høgst 500 teikn. Det tidlegare resultatet kan framleis lesast.
correct-save = Lagre rettinga
correct-done = Resultatet er retta.

## The state of the register
register-title = Tilstanden i registeret
register-log = Loggen
register-head = Siste posisjon
register-chain = Siste ledd i kjeda
register-oldest = Eldste levande opplysning
register-oldest-none = Ingen opplysningar lever no
register-limit = Grensen er 10 døgn.
register-projections = Lesemodellar
register-projections-caption = Lesemodellar og kor langt dei har kome
register-projection = Namn
register-position = Posisjon
register-behind = Etterslep
register-parked = Parkerte straumar
register-parked-warning = Nokre hendingar kunne ikkje lesast. Sei frå til drift.
register-epochs = Levande periodar
register-epochs-lead = Kvar periode er seks timar med registreringar. Alt i han blir sletta samstundes.
register-epochs-caption = Levande periodar, eldste først
register-chart = Innreiser per periode. Tala står i tabellen under.
register-epoch = Periode
register-from = Frå
register-ends = Blir sletta
register-entries = Innreiser
register-events = Hendingar
register-no-epochs = Ingen periodar lever no.
age-hours = { $count ->
    [one] 1 time
   *[other] { $shown } timar
}
age-days = { $count ->
    [one] 1 døgn
   *[other] { $shown } døgn
}
age-two = { $first } og { $second }
age-minutes = { $count ->
    [0] mindre enn eitt minutt
    [one] 1 minutt
   *[other] { $shown } minutt
}

## Deletion and its proof
retention-title = Sletting
retention-ok = Alt er i orden
retention-ok-text = Alt som skulle vore sletta, er sletta. Beviset ligg her.
retention-missing-title = Noko må følgjast opp
retention-overdue = { $count ->
    [one] 1 periode er over fristen utan kvittering. Ingen kan lese han lenger, men det manglar bevis for at han er sletta. Ring drift no.
   *[other] { $shown } periodar er over fristen utan kvittering. Ingen kan lese dei lenger, men det manglar bevis for at dei er sletta. Ring drift no.
}
retention-late = { $count ->
    [one] 1 periode skulle vore stengd før sletting, men er open. Ring drift no, så fristen blir halden.
   *[other] { $shown } periodar skulle vore stengde før sletting, men er opne. Ring drift no, så fristen blir halden.
}
retention-failure = Slettinga stoppa og blir prøvd igjen heile tida. Ring drift dersom dette står her i meir enn fem minutt. Feilen: { $why }
retention-undone = { $day }: { $done } av { $due } periodar er sletta. Ring drift no.
retention-uncertified = { $day }: sletteattesten manglar. Ring drift.
retention-key-back = Ein øydelagd nøkkel dukka opp igjen { $moment } og er øydelagd på nytt. Finn ut kvar han kom frå, til dømes ein tryggingskopi.
retention-consumer = { $name } har ikkje stadfesta i tide at sletta innreiser er sletta der òg. Ta kontakt med mottakaren.
retention-oldest = Den eldste opplysninga er { $age } gammal. Grensa er 10 døgn.
retention-oldest-none = Ingen opplysningar om nokon lever no.
retention-next = Neste sletting: { $moment }, om { $left }.
retention-next-none = Ingenting ventar på å bli sletta.
retention-checked = Sjekka kl. { $time }.
retention-today = Blir sletta i dag
retention-today-none = Ingenting skal slettast i dag.
retention-today-done = { $done } av { $due } periodar er sletta i dag, med { $entries } innreiser.
retention-epochs-caption = Periodar som skal slettast, den neste først
retention-freezes = Blir stengd
retention-state = Tilstand
epoch-open = Open
epoch-frozen = Stengd
epoch-dropped = Sletta, utan kvittering
epoch-ended = Sletta
retention-days = Dag for dag
retention-days-caption = Siste 14 dagar. Attesten er det signerte beviset for dagen.
retention-day = Dag
retention-done = Periodar sletta
retention-of = { $done } av { $due }
retention-early-count = Sletta før fristen
retention-certificate = Attest
retention-certificate-of = Last ned sletteattest for { $day }
retention-download = Last ned
retention-missing = Manglar
retention-not-yet = Ikkje enno
retention-nothing = Ingen
retention-early = Sletting før fristen
early-lead = Ei innreise kan slettast før tida når ho er registrert ved ein feil, eller når personen har rett til det. To personar må vere samde.
early-none = Ingen innreiser ventar på godkjenning.
ground-registered-by-mistake = Registrert ved ein feil
ground-right-to-erasure = Personen har rett til sletting
early-asked = Bedt om av { $name } { $moment }.
early-ends = Blir uansett sletta seinast { $moment }.
early-open = Sjå innreisa
early-own = Du bad om dette sjølv. Ein annan må godkjenne.
early-agreed = Godkjend. Blir sletta no.
early-approve = Godkjenn
early-reject = Avvis
early-withdraw = Trekk tilbake
early-delete-title = Slette innreisa no?
early-delete-text = Alt om innreisa forsvinn med ein gong, og det kan ikkje gjerast om. Tryggingskopiar kan ikkje vise henne etter { $moment }.
early-delete-button = Slett no
early-keep-title = La innreisa stå til fristen?
early-keep-text = Ho blir då sletta som vanleg, seinast { $moment }.
early-keep-button = La henne stå
early-deleted = Innreisa er sletta.
early-kept = Innreisa blir ståande til fristen.
request-title = Be om sletting før fristen
request-query = Fødselsnummer, telefon eller referansekode
request-query-hint = Heile nummeret eller koden, slik personen oppgir det.
request-query-missing = Skriv eit nummer eller ein kode.
request-find = Finn
request-none = Fann inga innreise. Sjekk nummeret. Innreiser eldre enn ti dagar er sletta.
request-entry = Innreise
request-choice = Framkomst { $arrival }. Registrert { $registered }. Blir sletta seinast { $ends }.
request-missing-entry = Vel ei innreise.
request-ground = Grunn
request-missing-ground = Vel ein grunn.
request-reason-hint = Kva har hendt? Høgst 500 teikn. Ho blir lagra og sletta med innreisa.
request-send = Send til godkjenning
request-sent = Sendt. Ein annan må godkjenne før innreisa blir sletta.
retention-consumers = Mottakarar
consumers-lead = Dei som hentar opplysningar herifrå, skal slette det same hos seg og stadfeste det innan 24 timar.
consumers-caption = Mottakarar og kva dei har stadfesta
consumers-none = Ingen hentar opplysningar herifrå.
consumer-name = Mottakar
consumer-acknowledged = Sist stadfesta
consumer-waiting = Slettingar som ventar
consumer-since = Ventar sidan
consumer-never = Aldri
consumer-overdue = Over fristen
consumer-in-time = Innan fristen
consumer-done = Alt stadfesta
retention-remains = Det som blir igjen
remains-fingerprints = Fingeravtrykk
remains-fingerprints-text = Merke som gjer at ei sletta reise ikkje kan kome inn på nytt. Dei kan ikkje lesast tilbake til nokon, og dei forsvinn når dei 20 dagane til kjelda er over.
remains-keys = Nøklar som kom tilbake
remains-keys-none = Ingen øydelagde nøklar har kome tilbake.
remains-key = { $name }, funnen og øydelagd på nytt { $moment }
remains-outlived = Blir sletta før karantenen er over
remains-outlived-text = Innreiser som ikkje kan følgjast opp heile karantenen.

## Shortcuts
shortcuts-title = Snarvegar
shortcuts-caption = Snarvegar
shortcuts-key = Tast
shortcuts-action = Handling
shortcuts-enabled = Bruk snarvegar
shortcuts-note = Snarvegane verkar ikkje medan du skriv i eit felt.
shortcut-search = Gå til søkjefeltet
shortcut-help = Vis snarvegane
shortcut-next-row = Neste rad (også pil ned i lista)
shortcut-previous-row = Førre rad (også pil opp i lista)
shortcut-enter-next = Neste kort, eller lagre og neste
shortcut-dial = Ring det første nummeret på kortet
shortcut-inbound = Nokon ringjer inn
shortcut-undo = Angre det som nett vart lagra
shortcut-extend = Behald kortet lenger
shortcut-skip = Hopp over kortet
shortcut-digits = Vel svar i gruppa som har fokus
shortcut-open = Opne rada
key-enter = Enter

## Other pages
not-found-title = Sida finst ikkje
not-found = Adressa er feil eller utdatert. Gå til framsida og prøv derifrå.
not-found-home = Til framsida

## Dates
date-prose = { $weekday } { $day }. { $month } { $year }
moment-prose = { $weekday } { $day }. { $month } { $year } kl. { $time }
weekday-1 = måndag
weekday-2 = tysdag
weekday-3 = onsdag
weekday-4 = torsdag
weekday-5 = fredag
weekday-6 = laurdag
weekday-7 = sundag
weekday-short-1 = mån.
weekday-short-2 = tys.
weekday-short-3 = ons.
weekday-short-4 = tor.
weekday-short-5 = fre.
weekday-short-6 = lau.
weekday-short-7 = sun.
month-1 = januar
month-2 = februar
month-3 = mars
month-4 = april
month-5 = mai
month-6 = juni
month-7 = juli
month-8 = august
month-9 = september
month-10 = oktober
month-11 = november
month-12 = desember

## Fields of the source
field-a_reference_code = Referansekode
field-p_unique_id = Identitetsnummer
field-a_destination_id = Kommune ved framkomst
field-municipality_number = Kommunenummer ved framkomst
field-p_first_name = Førenamn
field-p_last_name = Etternamn
field-p_birth_date = Fødselsdato
field-p_phone = Telefon
field-p_email = E-post
field-p_lang_follow_up = Språk
field-p_follow_up = Oppfølging
field-p_follow_up_time = Tid for oppfølging
field-p_country_of_residence = Bustadland
field-p_dnr = D-nummer
field-p_fh_number = Felles hjelpenummer
field-a_quarantine_option = Karanteneval (gammalt)
field-a_q_opt_l1 = Plikt, tekst
field-a_q_opt_l2 = Unntak, tekst
field-a_q_opt_l3 = Nærare om unntaket, tekst
field-a_q_opt_l4 = Karantenestad, tekst
field-a_q_opt_l1_code = Plikt
field-a_q_opt_l2_code = Unntak
field-a_q_opt_l3_code = Nærare om unntaket
field-a_q_opt_l4_code = Karantenestad
field-a_quarantine_reg_arrival_hotel = Hotell ved framkomst
field-a_quarantine_reg_arrival = På hotell frå
field-a_quarantine_reg_departure_hotel = Hotell ved avreise
field-a_quarantine_reg_departure = På hotell til
field-a_date = Framkomst
field-a_travel_method = Reisemåte
field-a_travel_method_extra = Rute eller kjenneteikn
field-a_travel_method_extra2 = Rute eller kjenneteikn, meir
field-a_country_of_departure = Reist frå
field-a_country_of_departure_region = Region reist frå
field-a_transit_countries = Reist gjennom
field-a_num_travelers = Reiser saman
field-a_num_travelers_under_16 = Under 16 år
field-a_hotel_name = Namn på staden
field-a_location_address = Adresse til staden
field-a_location_zip_code = Postnummer
field-a_employer_org_number = Organisasjonsnummer til arbeidsgivar
field-a_employer_name = Arbeidsgivar
field-a_employer_address = Adresse til arbeidsgivar
field-a_employer_contact_person = Kontaktperson
field-a_employer_contact_phone = Kontakttelefon
field-a_is_leisure_trip = Fritidsreise
field-a_is_trip_necessary = Naudsynt reise
field-a_updated = Reisa endra
field-p_updated = Personen endra
field-a_border_crossing_arrival = Grensepassering
field-a_border_crossing_quarantine_assessment = Vurdering ved grensa
field-a_border_crossing_location = Grensestasjon
field-a_q_hotel_destination_id = Kommunen til hotellet
field-hotel_municipality_number = Kommunenummer til hotellet
field-responsible_municipality_number = Ansvarleg kommune

## Codes of the source
code-unknown = Ukjent kode { $code }
code-0 = Ikkje vald
code-1001 = Skal i innreisekarantene
code-1002 = Heilt eller delvis fritatt frå karantene
code-2001 = Kjem frå grønt (først også gult) område
code-2002 = Dagsbesøk for naudsynt vedlikehald
code-2003 = Pendlar busett i Sverige eller Finland
code-2004 = Avtalt samvær med barn
code-2005 = Kritisk samfunnsfunksjon (§ 6e)
code-2006 = Unntak for arbeidsreise
code-2007 = Invitert eller utsend etter avtale med norske styresmakter
code-2008 = Fullvaksinert eller gjennomgått sjukdom siste seks månader, med gyldig bevis
code-2009 = Internasjonal idrettskonkurranse (§ 6f)
code-2010 = Alvorleg sjukdom eller gravferd i nær familie (§ 6j)
code-3001 = Rett frå grønt (først også gult) område (§ 4)
code-3002 = Frå slikt område gjennom karanteneområde utan opphald (§ 6a)
code-3003 = Reisa gjeld Sverige (§ 6a)
code-3004 = Reisa gjeld Finland (§ 6a)
code-3005 = Fast pendling mellom heim og arbeid, med jamleg test (§ 6b)
code-3006 = Dagleg pendling til vidaregåande skule, med jamleg test (§ 6b)
code-3007 = Pendling til grunnskule (§ 6b)
code-3008 = Forelder besøkjer barn (§ 6d)
code-3009 = Barn besøkjer forelder (§ 6d)
code-3010 = Styring og kriseleiing
code-3011 = Forsvar
code-3012 = Lov og orden
code-3013 = Helse og omsorg
code-3014 = Redningsteneste
code-3015 = Digital tryggleik i sivil sektor
code-3016 = Natur og miljø
code-3017 = Forsyningstryggleik
code-3018 = Vatn og avløp
code-3019 = Finansielle tenester
code-3020 = Kraftforsyning
code-3021 = Elektronisk kommunikasjon
code-3022 = Transport
code-3023 = Satellittbaserte tenester
code-3024 = Yrkessjåfør (§ 6b)
code-3025 = Flypersonell (§ 6g) eller togpersonell (§ 6g/6b)
code-3026 = Skip eller båt (§ 6h/6a)
code-3027 = Kjem for å arbeide om bord på skip (§ 6h)
code-3028 = Bur og arbeider på skip som er tilbake etter kort anløp i utlandet (§ 6a)
code-3029 = Fullvaksinert eller verna forsvarspersonell (§ 6l)
code-3030 = Mannskap på passasjerskip i rute (§ 6c)
code-3031 = Brann-, rednings- og ambulansepersonell (§ 6n)
code-4001 = Karantenehotell heile perioden
code-4002 = Eigen heim eller annan eigna stad
code-4003 = Stad frå arbeidsgivar eller oppdragsgivar, stadfesta
code-4004 = Eigna stad for anna føremål, stadfesta av den som tilbyr han
code-4005 = Inga overnatting eller fritid i Noreg
code-4006 = Fritidskarantene på karantenehotell
code-4007 = Internatskule
code-4008 = Fritidskarantene åleine i køyretøy med soveplass
code-4009 = Einelugar om bord
code-4010 = Heime hos ektefelle eller den andre forelderen, busett i Noreg
code-4011 = Fritidskarantene heime eller på annan eigna stad
code-4012 = Karantenehotell først, så heim eller annan eigna stad
code-4013 = Fritidskarantene på eigna stad med einerom, eige bad og kjøkken eller matservering
code-4014 = Karantenehotell, bortsett frå under besøket eller gravferda
code-4015 = Heim eller eigna stad, bortsett frå under besøket eller gravferda
place-4001 = Hotell
place-4002 = Heim/eigna stad
place-4003 = Frå arbeidsgivar
place-4004 = Eigna, anna føremål
place-4005 = Inga overnatting
place-4006 = Fritid, hotell
place-4007 = Internatskule
place-4008 = Fritid, køyretøy
place-4009 = Lugar
place-4010 = Hos ektefelle
place-4011 = Fritid, heim
place-4012 = Hotell, så heim
place-4013 = Fritid, einerom
place-4014 = Hotell, unntatt besøk
place-4015 = Heim, unntatt besøk

## Problems, also said by the server
problem-invalid-request-title = Førespurnaden kan ikkje lesast
problem-invalid-request-detail = Noko i førespurnaden er feil. Rett felta som er nemnde, og send på nytt.
problem-not-logged-in-title = Du er ikkje logga inn
problem-not-logged-in-detail = Økta er over eller manglar. Logg inn og prøv igjen.
problem-not-permitted-title = Du har ikkje tilgang
problem-not-permitted-detail = Rolla eller kommunen din gir ikkje tilgang til dette. Snakk med den som styrer tilgangane.
problem-not-delegated-title = Inga delegering gjeld
problem-not-delegated-detail = Kommunelegen må gi deg ei delegering, eller stadfeste den du har, før du kan logge inn.
problem-not-found-title = Finst ikkje
problem-not-found-detail = Det finst ikkje, eller du har ikkje tilgang. Sjekk lenkja.
problem-entry-ended-title = Innreisa er sletta
problem-entry-ended-detail = Dei ti dagane er over. Alt om innreisa er borte og kan ikkje hentast fram.
problem-changed-meanwhile-title = Endra av nokon andre
problem-changed-meanwhile-detail = Ingenting er lagra. Hent den nye versjonen og prøv igjen.
problem-precondition-required-title = Versjonen manglar
problem-precondition-required-detail = Send versjonen du las, i If-Match, og prøv igjen.
problem-key-reused-title = Nøkkelen er brukt
problem-key-reused-detail = Same Idempotency-Key kom med anna innhald. Send med ein ny nøkkel.
problem-key-required-title = Nøkkelen manglar
problem-key-required-detail = Send ein Idempotency-Key, så ingenting blir gjort to gonger.
problem-too-large-title = For mykje på éin gong
problem-too-large-detail = Førespurnaden er for stor. Del han opp og send delane.
problem-too-many-requests-title = For mange førespurnader
problem-too-many-requests-detail = Vent litt og prøv igjen. Retry-After seier kor lenge.
problem-refused-title = Reglane tillèt det ikkje
problem-refused-detail = Ingenting er lagra. Endre det du sende, og prøv igjen.
problem-second-person-needed-title = Éin til må godkjenne
problem-second-person-needed-detail = Den som bad om slettinga, kan ikkje godkjenne henne sjølv.
problem-card-lost-title = Du har ikkje kortet lenger
problem-card-lost-detail = Haldet på kortet er over. Hent kortet på nytt; det du har skrive, er teke vare på.
problem-card-taken-title = Ein annan har kortet
problem-card-taken-detail = Ein annan ringjer denne personen no. Hent neste.
problem-outside-calling-hours-title = Utanfor ringjetida
problem-outside-calling-hours-detail = Det er for tidleg eller for seint å ringje no.
problem-too-late-title = For seint å angre
problem-too-late-detail = Utfallet kan rettast på sida til innreisa.
problem-extract-needed-title = Eit fullt uttrekk trengst
problem-extract-needed-detail = Markøren er for gammal, eller tilgangen endra. Hent alt frå /api/v1/feed/extract, slett resten, og hald fram frå markøren derifrå.
problem-unavailable-title = Registeret svarar ikkje no
problem-unavailable-detail = Ingenting har gått tapt. Vent litt og prøv igjen.
problem-internal-title = Noko gjekk gale hos oss
problem-internal-detail = Feilen er vår. Prøv igjen, og oppgi referansen om han kjem tilbake.

## What a traveller owes, and why
quarantine-title = Karanteneplikt
quarantine-until = I karantene til og med { $end }.
quarantine-leisure-until = I fritidskarantene til og med { $end }.
quarantine-over = Karantenen er over. Han slutta { $end }.
quarantine-owed-exempt = Unnateken frå innreisekarantene.
quarantine-owed-unknown = Det er ikkje kjent kva som gjeld.
quarantine-owed-full = Skal i innreisekarantene.
quarantine-owed-leisure-time = Skal i fritidskarantene.
quarantine-rule-set = Regelsett { $name }
quarantine-flags = Sjå nærare på
quarantine-start = Blir rekna frå
quarantine-early = Kortare med test
quarantine-hotel = Karantenehotell
quarantine-answer-pending = Ein test er teken, og svaret er ikkje kome.
quarantine-tests = Testar
quarantine-test = Test
quarantine-test-from = Frå
quarantine-test-by = Seinast
quarantine-test-state = Status
quarantine-test-required = påboden
quarantine-test-offered = tilbod
quarantine-duty-border = Ved grensa eller innan 24 timar
quarantine-duty-day-3 = Frå dag 3
quarantine-duty-day-7 = Frå dag 7
quarantine-duty-every-7-days = Kvar sjuande dag
quarantine-progress-ahead = Kjem
quarantine-progress-due = Skal takast no
quarantine-progress-pending = Teken, ventar på svar
quarantine-progress-done = Teken og svara på
quarantine-progress-not-seen = Ikkje registrert
quarantine-progress-lapsed = Ikkje lenger aktuell
quarantine-if = Kva om ein negativ PCR-test blir teken ein bestemt dag?
quarantine-if-choose = Vel dag
quarantine-if-day = Dag { $day }: { $date }
quarantine-if-shorter = Karantenen sluttar når svaret kjem, tidlegast { $end }.
quarantine-if-same = Karantenen blir ikkje kortare. Han varer til og med { $end }.
quarantine-if-hotel-shorter = Opphaldet på karantenehotell sluttar når svaret kjem, tidlegast { $end }.
quarantine-if-hotel-same = Opphaldet på karantenehotell varer til og med { $end }.
quarantine-why-obligation-full = Den reisande har valt innreisekarantene.
quarantine-why-obligation-not-told = Det er ikkje oppgitt om karanteneplikta gjeld. Då gjeld ho.
quarantine-why-obligation-unknown-code = Koden { $code } gir ikkje unntak etter dette regelsettet. Karanteneplikta gjeld.
quarantine-why-obligation-no-ground = Det er valt unntak, men utan grunn. Karanteneplikta gjeld.
quarantine-why-exempt = Unntaket gjeld: { $meaning }.
quarantine-why-leisure-time = Unntaket gjeld berre i arbeidstida eller det reisa gjeld: { $meaning }. Elles er det karantene.
quarantine-why-leisure-time-place = Det er valt unntak, men også ein stad for fritidskarantene: { $place }. Då gjeld fritidskarantene.
quarantine-why-no-rule-set = Ingen regelsett gjeld for ankomst { $day }.
quarantine-why-start-arrival = Ankomst { $day } er dag 0.
quarantine-why-start-reentry = Den reisande kom tilbake { $day }. Då tek karantenen til på nytt.
quarantine-why-start-registration = Ankomstdagen er ikkje oppgitt. Registreringa { $day } blir rekna som dag 0.
quarantine-why-arrival-not-told = Ankomstdagen er ikkje oppgitt. Spør den reisande.
quarantine-why-ends-full-length = Karantenen varer { $days } dagar etter ankomst.
quarantine-why-ends-negative-test = Ein PCR-test teken { $taken } er negativ. Testen kunne takast frå dag { $days }, { $earliest }.
quarantine-why-ends-departed = Den reisande forlét Noreg { $day }.
quarantine-why-early-end-by-test = { $negatives ->
    [one] Karantenen kan slutte før når svaret på ein negativ PCR-test ligg føre. Testen kan takast frå dag { $days }, { $from }.
   *[other] Karantenen kan slutte før når svara på { $negatives } negative PCR-testar ligg føre. Den siste kan takast frå dag { $days }, { $from }.
}
quarantine-why-hotel-whole-period = Skal vere på karantenehotell heile perioden, til og med { $day }.
quarantine-why-hotel-until-negative = Skal vere på karantenehotell til svaret på ein negativ PCR-test ligg føre. Testen kan takast frå dag { $days }, { $from }. Utan test varer opphaldet til og med { $day }.
quarantine-why-hotel-negative-test = Plikta til å vere på karantenehotell er slutt: ein PCR-test teken { $taken } er negativ. Resten av karantenen kan vere ein annan eigna stad.
quarantine-why-hotel-left-early = Forlét karantenehotellet { $left }, men plikta varte til og med { $day }.
quarantine-why-hotel-stay-not-seen = Skal vere på karantenehotell, men det er ikkje registrert at den reisande er komen dit.
quarantine-why-place-not-told = Det er ikkje oppgitt kvar karantenen skal vere.
quarantine-why-employer-not-told = Arbeidsgivaren skal skaffe opphaldsstad, men er ikkje oppgitt.
quarantine-why-positive-test = Ein test teken { $day } er positiv. Kommunelegen avgjer isolasjon. Karantenen blir ikkje kortare.
quarantine-why-test-day-unsure = For ein test er berre dagen laboratoriet tok imot han kjend: { $day }. Finn ut når han vart teken.
quarantine-why-test-in-future = Ein test er datert { $day }, som ikkje er komen. Han blir ikkje rekna med.
quarantine-why-codes-conflict = Det er valt karantene og samstundes ein grunn til unntak. Karanteneplikta gjeld.
quarantine-why-unknown-code = Koden { $code } på nivå { $level } finst ikkje i regelsettet.
quarantine-why-rules-changed-during-stay = Reglane vart endra under opphaldet: regelsett { $after } gjeld frå { $day } også for dei som var i karantene etter regelsett { $before }.
quarantine-why-test-required = Test påboden frå { $from } til { $by }.
quarantine-why-test-offered = Test blir tilboden frå { $from } til { $by }.

## Rule sets
nav-rules = Regelsett
rules-title = Regelsett
rules-lead = Regelsettet som gjeld på ankomstdagen, avgjer karantenen.
rules-caption = Alle regelsett
rules-name = Namn
rules-from = Frå
rules-until = Til
rules-what = Kva som er nytt
rules-source = Kjelde
rules-adopted-by = Vedteke av
rules-in-force = Gjeld i dag
rules-replaced = Avløyst av { $name }
rules-compare = Samanlikn to
rules-compare-a = Det eine
rules-compare-b = Det andre
rules-same = Det er ingen skilnad på kva som blir kravd.
rules-differences = Skilnader
rules-topic = Gjeld
rules-subject = Kva for ein
rules-topic-validity = Gyldigheit
rules-topic-length = Lengd
rules-topic-early-end = Kortare med test
rules-topic-exemption-ground = Grunn til unntak
rules-topic-exemption-detail = Detalj om unntak
rules-topic-leisure-time-place = Stad for fritidskarantene
rules-topic-place-code = Stad som kan veljast
rules-topic-place-rule = Hotellplikt
rules-topic-test = Test
rules-topic-follow-up = Oppfølging
rules-try-title = Prøv eit nytt regelsett
rules-try-lead = Ingenting blir endra før du vedtek. Ta til med eit regelsett som finst, og endre det.
rules-base = Ta til med
rules-choose = Vel regelsett
rules-field-name = Namn på det nye
rules-field-from = Gjeld for ankomst frå og med
rules-field-title = Kva som er nytt
rules-field-source = Kjelde
rules-field-length = Siste dag i karantene
rules-field-earliest = Tidlegaste dag for test som avsluttar karantenen
rules-field-ongoing = Gjeld også dei som er i karantene når det tek til å gjelde
rules-field-reason = Grunngiving når det gjeld frå ein dag som er over
rules-json = Heile regelsettet som JSON
rules-json-hint = Lim inn eit regelsett, eller endre det som ikkje har eige felt.
rules-file = Hent frå fil
rules-json-wrong = Dette kan ikkje lesast som eit regelsett.
rules-try = Prøv på innreisene
rules-adopt = Vedta
rules-adopt-title = Vedta regelsettet?
rules-adopt-text = Regelsett { $name } gjeld for ankomst frå { $day }. Eit vedteke regelsett kan ikkje endrast eller takast tilbake, berre avløysast av eit nytt.
rules-adopted = Regelsettet er vedteke.
rules-trial-none = Ingenting blir endra for nokon av dei { $shown } innreisene.
rules-trial-changed = Noko blir endra for { $changed } av { $shown } innreiser.
rules-trial-kinds = Endringar etter slag
rules-trial-kind = Endring
rules-trial-count = Innreiser
rules-trial-rows = Innreiser som blir endra
rules-trial-entry = Innreise
rules-trial-before = Slik det er
rules-trial-after = Slik det blir
rules-trial-show = Vis
rules-trial-more = Vis neste side
rules-trial-hotel = hotell til { $day }
rules-change-longer = Lengre karantene
rules-change-shorter = Kortare karantene
rules-change-now-exempt = Blir unnateken
rules-change-now-obliged = Får karanteneplikt
rules-change-other-obligation = Anna plikt
rules-change-hotel-duty = Hotellplikt
rules-change-test-duty = Testplikt
rules-change-early-end = Når ein test avsluttar
rules-owed-full = karantene
rules-owed-leisure-time = fritidskarantene
rules-owed-exempt = unnateken
rules-owed-unknown = ikkje kjent

## Tilvisingar til Arbeidstilsynet
referral-letter-title = Melding til Arbeidstilsynet
referral-letter-data = Opplysningane i meldinga, for maskiner
referral-letter-from = Frå: Helsedirektoratet, Nasjonalt kontrollsenter for innreisande
referral-letter-reference = Referanse: { $reference }
referral-letter-basis = Heimel: covid-19-forskrifta § 5c
referral-letter-purpose = Føremål: at karanteneplikta blir følgd
referral-letter-deleted = Blir sletta seinast: { $moment }
referral-letter-employer = Arbeidsgivar
referral-letter-number = Organisasjonsnummer: { $number }
referral-letter-no-number = Organisasjonsnummer: ikkje kjent
referral-letter-place = Innkvartering
referral-letter-said = Sagt i ein telefonsamtale { $day }
referral-letter-unchecked = Opplysningane kjem frå ein innreisande i karantene og er ikkje kontrollerte. Meldinga seier ikkje kven det er. Treng de å vite meir, kan de be kontrollsenteret om det.
referral-letter-newest = Kjem det ei ny melding med same referanse, er det den nyaste som gjeld.
employer-breach-not-at-place = Bur ikkje på karantenestaden
employer-breach-working = Jobbar blant andre i karantenetida
employer-breach-shared-room = Deler soverom med andre
employer-breach-shared-facilities = Deler bad eller kjøkken med andre
employer-breach-among-people = Er blant folk, til dømes i kollektivtransport
referral-fact-lodged-by-employer = Arbeidsgivaren har skaffa staden
referral-fact-sleep-in-room = { $number ->
    [one] Éin søv i rommet
   *[other] { $number } søv i rommet
}
referral-fact-told-to-work = Ein arbeidsgivar har bede om arbeid blant andre før karantena er over
referral-fact-arrived = Kom til Noreg { $day }
nav-inspectorate = Tilvisingar
inbox-title = Tilvisingar
inbox-lead = Arbeidsgivarar som kan ha svikta innreisande i karantene, samla etter arbeidsgivar. Opplysningane kjem frå telefonsamtalar og er ikkje kontrollerte. Kven dei innreisande er, står ikkje her.
inbox-caption = Arbeidsgivarar med tilvisingar som ikkje er lukka
inbox-closed-caption = Arbeidsgivarar der alt er lukka
inbox-closed = { $count ->
    [one] 1 arbeidsgivar der alt er lukka
   *[other] { $shown } arbeidsgivarar der alt er lukka
}
inbox-new = { $count ->
    [0] Ingen nye tilvisingar
    [one] 1 ny tilvising
   *[other] { $shown } nye tilvisingar
}
inbox-empty-title = Ingen tilvisingar ventar
inbox-empty = Når kontrollsenteret viser til ein arbeidsgivar, står han her med ein gong.
inbox-employer = Arbeidsgivar
inbox-no-number = Utan organisasjonsnummer
inbox-stands = Status
inbox-travellers = Innreisande
inbox-breaches = Moglege brot
inbox-repeated = Gjentekne
inbox-places = Stader
inbox-latest = Sist tilvist
inbox-tag-open = { $count ->
    [one] 1 ny
   *[other] { $shown } nye
}
inbox-tag-in-hand = { $count ->
    [one] 1 til behandling
   *[other] { $shown } til behandling
}
inbox-tag-returned = { $count ->
    [one] 1 send tilbake
   *[other] { $shown } sende tilbake
}
inbox-tag-closed = { $count ->
    [one] 1 lukka
   *[other] { $shown } lukka
}
bundle-title = Arbeidsgivar
bundle-back = Til alle tilvisingar
bundle-gone-title = Ingen tilvisingar
bundle-gone = Det er ingen tilvisingar om denne arbeidsgivaren. Dei kan vere sletta.
bundle-travellers = { $count ->
    [one] Gjeld 1 innreisande
   *[other] Gjeld { $shown } innreisande
}
bundle-breaches = { $count ->
    [0] Ingen moglege brot på karantena
    [one] 1 mogleg brot i alt
   *[other] { $shown } moglege brot i alt
}
bundle-repeated = { $count ->
    [0] Meldt for første gong
    [one] Meldt 1 gong til etter den første
   *[other] Meldt { $shown } gonger til etter den første
}
place-travellers = { $count ->
    [one] 1 innreisande er innkvartert her
   *[other] { $shown } innreisande er innkvarterte her
}
inspect-choose = Ta med denne
inspect-acknowledge = { $count ->
    [0] Ta til behandling (ingen vald)
    [one] Ta 1 til behandling
   *[other] Ta { $shown } til behandling
}
inspect-return = { $count ->
    [0] Be om meir (ingen vald)
    [one] Be om meir om 1
   *[other] Be om meir om { $shown }
}
inspect-close = { $count ->
    [0] Lukk (ingen vald)
    [one] Lukk 1
   *[other] Lukk { $shown }
}
inspect-return-title = Be kontrollsenteret om meir
inspect-close-title = Lukk tilvisingar
inspect-about = { $count ->
    [one] Gjeld 1 tilvising.
   *[other] Gjeld { $shown } tilvisingar.
}
inspect-wanted = Kva vil de vite meir om?
inspect-note = Meir om det (valfritt)
inspect-note-hint = Skriv ikkje noko om helse eller om kven dei innreisande er.
inspect-outcome = Kva kom ut av det?
inspect-outcome-hint = Kontrollsenteret får vite resultatet. I statistikken står det utan namn.
inspect-missing-wanted = Vel minst éin ting.
inspect-missing-outcome = Vel eit resultat.
inspect-return-do = Send tilbake
inspect-close-do = Lukk
inspect-acknowledged = { $count ->
    [one] 1 tilvising er teken til behandling.
   *[other] { $shown } tilvisingar er tekne til behandling.
}
inspect-returned = { $count ->
    [one] 1 tilvising er send tilbake.
   *[other] { $shown } tilvisingar er sende tilbake.
}
inspect-closed = { $count ->
    [one] 1 tilvising er lukka.
   *[other] { $shown } tilvisingar er lukka.
}
inspect-missed = { $count ->
    [one] 1 var lukka eller sletta.
   *[other] { $shown } var lukka eller sletta.
}
inspected-made = Tilvist { $moment }
inspected-deleted = Blir sletta seinast { $moment }.
inspected-reference = Referanse: { $reference }
inspected-corrected = Kontrollsenteret har retta samtalen. Han gir ikkje lenger grunn til tilvisinga.
inspected-in-hand = Til behandling frå { $moment }
inspected-returned = Send tilbake { $moment }. Ønskjer å vite meir om: { $wanted }
inspected-note = Merknad: { $note }
inspected-closed = Lukka { $moment }: { $outcome }
referral-stage-open = Ny
referral-stage-in-hand = Til behandling
referral-stage-returned = Send tilbake
referral-stage-closed = Lukka
wanted-address = nøyaktig adresse
wanted-employer = kva for ein arbeidsgivar det er
wanted-lodging = korleis folk er innkvarterte
wanted-work = kva slags arbeid som vart gjort
wanted-still-so = om det framleis er slik
inspection-nothing-found = Undersøkt, ingenting gale
inspection-guided = Arbeidsgivar fekk rettleiing
inspection-ordered = Pålegg
inspection-stopped = Arbeid eller innkvartering stansa
inspection-fined = Tvangsmulkt eller gebyr for brot
inspection-reported = Meld til politiet
inspection-known-already = Kjent frå ei anna sak
inspection-passed-on = Send vidare til ein annan etat
inspection-not-followed-up = Ikkje følgd opp
referral-title = Tilvising til Arbeidstilsynet
referral-offer = Den siste samtalen tyder på at ein arbeidsgivar kan ha svikta. Arbeidstilsynet får ikkje vite det før du viser til dei.
referral-begin = Vis til Arbeidstilsynet
referral-more = Svar med meir
referral-after-call = Vis arbeidsgivaren til Arbeidstilsynet
referral-lead = Berre det som står her, forlèt registeret. Namn, nummer, telefon, helse og dine eigne ord gjer det ikkje.
referral-employer-name = Namnet på arbeidsgivaren
referral-address = Adressa der den reisande er innkvartert
referral-facts = Kva skal Arbeidstilsynet få vite?
referral-missing-name = Skriv namnet på arbeidsgivaren.
referral-missing-address = Skriv adressa.
referral-wrong-postcode = Eit postnummer har fire siffer.
referral-missing-facts = Vel minst eitt brot, kor mange som søv i rommet, eller at det er bede om arbeid.
referral-look = Sjå kva som blir sendt
referral-leaves = Nøyaktig dette blir sendt til Arbeidstilsynet
referral-file = Fila { $name }
referral-joins = Arbeidsgivaren og staden er tilviste for nokon i same følgje. Dette blir lagt til der, utan eit eige brev.
referral-send = Send til Arbeidstilsynet
referral-made = Tilvist til Arbeidstilsynet.
referral-joined = Lagt til i ei tilvising som var der.
referral-made-by = Tilvist { $moment } av { $name }
referral-corrected = Samtalen er retta og gir ikkje lenger grunn til tilvisinga. Arbeidstilsynet ser det.
referral-told-on = Sagt { $day }.
referral-arrived-on = Kom til Noreg { $day }.
letter-joined = Utan eige brev: ei tilvising for same følgje er send.
letter-waits = Brevet blir sendt om litt.
letter-off = Brev er ikkje sett opp her. Arbeidstilsynet ser tilvisinga i innboksen sin.
letter-sent = Brevet vart levert til eFormidling { $moment }.
letter-status = Brevet: { $status } ({ $moment })
letter-again = Send brevet på nytt
delivery-sent = sendt
delivery-received = motteke av systemet deira
delivery-delivered = levert
delivery-read = lese
delivery-refused = ikkje levert, avvist av eFormidling
delivery-failed = ikkje levert
delivery-expired = ikkje levert i tide
delivery-unknown = ikkje levert så langt vi veit
unit-title = Einingsregisteret
unit-asking = Spør Einingsregisteret …
unit-unavailable = Einingsregisteret svarer ikkje no.
unit-off = Oppslag i Einingsregisteret er ikkje sett opp her.
unit-not-found = Nummeret finst ikkje i Einingsregisteret.
unit-dissolved = Sletta { $day }
unit-bankrupt = Konkurs
unit-winding-up = Under avvikling
unit-name = Registrert namn
unit-form = Organisasjonsform
unit-address = Adresse
unit-founded = Stifta
unit-employees = Tilsette
unit-part-of = Del av
unit-asked = Henta kl. { $time }
board-referrals = Tilvist til Arbeidstilsynet
board-referrals-undelivered = { $count ->
    [one] 1 brev kom ikkje fram. Innreisa viser kvifor, og lèt deg sende det på nytt.
   *[other] { $shown } brev kom ikkje fram. Innreisene viser kvifor, og lèt deg sende dei på nytt.
}
board-referrals-waiting = Brev som ventar: { $count }, det eldste sidan { $moment }
board-referrals-outcomes = Kva som kom ut av dei som er lukka
board-referrals-count = Tal
timeline-referral-made = Arbeidsgivaren vart tilvist til Arbeidstilsynet
timeline-referral-joined = Arbeidsgivaren vart tilvist til Arbeidstilsynet, saman med andre i følgjet
timeline-referral-sent = Tilvisinga vart levert til eFormidling
timeline-referral-delivery = Tilvisinga: { $status }
timeline-referral-received = Arbeidstilsynet har tilvisinga til behandling
timeline-referral-returned = Arbeidstilsynet vil vite meir om: { $wanted }
timeline-referral-completed = Tilvisinga vart fylt ut
timeline-referral-resent = Tilvisinga blir send på nytt
timeline-referral-closed = Arbeidstilsynet lukka tilvisinga: { $outcome }
actor-referrals = utsending av tilvisingar

# Who somebody is, and what tests say
timeline-identity-assigned = { $kind } { $number } vart tildelt: { $place }
timeline-identity-withdrawn = { $kind } høyrer ikkje til den reisande
timeline-joined-person = Same person som ei anna innreise
timeline-separated-person = Likevel ein annan person enn i ei anna innreise
timeline-protected = Adressa er fortruleg
timeline-not-protected = Adressa er ikkje lenger fortruleg
timeline-result-received = Prøvesvar: { $class } ({ $state }), { $laboratory }
timeline-result-looked-up = Prøvesvar vart slått opp
timeline-result-not-answered = Prøvesvar vart slått opp, men tenesta svara ikkje
timeline-result-corrected = Prøvesvaret er retta: { $before } vart til { $after }
results-kind-corrected = Slag prøve: { $before } vart til { $after }
results-day-corrected = Prøva teken: { $before } vart til { $after }
timeline-correction-settled = Dei som hadde fått eit anna svar, veit no
assigned-border-station = teststasjon på grensa
assigned-tax-office = skattekontor på grensa
assigned-by-hand = for hand, mot dokument
assigned-allocation-service = tildelt av tenesta for hjelpenummer
result-detected = Positiv
result-not-detected = Negativ
result-inconclusive = Ikkje konklusivt
result-unknown = Ukjent
sample-planned = planlagt
sample-preliminary = førebels
sample-final = endeleg
sample-revised = retta
sample-cancelled = avlyst
test-kind-pcr = PCR
test-kind-antigen = Hurtigtest
laboratory-unknown = ukjent laboratorium
actor-register = registeret
actor-results = prøvesvartenesta
same-person-open = Opne den andre innreisa
nav-results = Prøvesvar
results-title = Prøvesvar
results-samples = Prøver
results-answer = Svar
results-kind = Test
results-taken = Teken
results-taken-unsure = { $date } (dagen laboratoriet fekk prøva)
results-received = Motteken
results-laboratory = Laboratorium
results-none = Ingen prøver er kjende.
results-not-kept = Prøvesvar blir ikkje lagra. Slå opp for å sjå svaret.
results-positive = Positivt prøvesvar
results-positive-do = Kommunen tek over oppfølginga. Innreisa er teken ut av køen. Er du midt i ein samtale, sei at kommunelegen tek kontakt, og avslutt.
results-looked-up = Slått opp { $moment } av { $name }
results-look-up = Slå opp prøvesvar
results-look-up-answered = Tenesta svara { $moment }.
results-look-up-cut = Tenesta svara { $moment }, men ikkje med alt. Det som manglar, kan vere eit anna svar.
results-look-up-unknown = Ukjent, prøv igjen. Tenesta svara ikkje.
results-look-up-refused = Tenesta avviser oppslaget. Sei frå til vaktleiar.
results-look-up-no-number = Den reisande har ikkje noko nummer som det kan slåast opp på.
results-told =
    { $count ->
        [0] Ingen hadde fått det førre svaret.
        [one] Éin hadde fått det førre svaret:
       *[other] { $count } hadde fått det førre svaret:
    }
results-told-call = Samtale { $moment } med { $name }
results-told-message = SMS { $moment }
results-settle = Lagre som gjort
results-settle-hint = Kva vart gjort, og kven fekk beskjed?
results-settled = Ordna av { $name }: { $note }
person-title = Identitet
person-no-number = Den reisande har ikkje oppgitt noko nummer. Eit prøvesvar kan ikkje koplast.
person-conflict = To nummer av same slag. Finn ut kva for eit som er rett.
person-protected = Fortruleg adresse. Innreisa blir ikkje vist i lister og eksportar.
person-given = oppgitt ved registrering
person-assigned = { $place }, { $moment }, av { $name }
person-others = Kan vere same person
person-score = { $percent } % sikkert
person-joined = kopla
person-separated = ikkje same person
person-undecided = ikkje avgjort
person-join = Kople: same person
person-separate = Skil frå kvarandre
person-separate-why = Kvifor dei ikkje er same person
person-assign = Registrer eit nummer
person-kind = Slags nummer
person-number = Nummer
person-at = Kvar det vart tildelt eller funne
person-place = Stasjon eller skranke (valfritt)
person-assign-save = Lagre nummeret
person-protect = Set fortruleg adresse
person-unprotect = Opphev fortruleg adresse
match-same-national-number = same nummer
match-different-national-number = ulike nummer
match-same-passport = same pass
match-same-birth-date = same fødselsdato
match-birth-date-transposed = dag og månad bytte om
match-different-birth-date = ulik fødselsdato
match-same-name = same namn
match-name-transposed = for- og etternamn bytte om
match-name-transliterated = same namn med andre bokstavar
match-name-close = nesten same namn
match-different-name = ulike namn
match-same-phone = same telefon
match-same-email = same e-post
match-same-party = same reisefølgje
match-board-title = Prøvesvar
board-obligations = Testplikter med svar
board-share = { $percent } % av dei som skal testast, har eit svar
board-nobody-owes = Ingen skal testast no.
board-mode = { $mode }
board-owing = Skal testast
board-with-answer = Med svar
board-pending = Prøve utan svar
board-without-test = Utan prøve
board-without-number = Utan nummer å kople på
board-corrections = Retta svar å følgje opp
board-matches = Kopla svar
board-caption = Prøvesvar per dag, laboratorium og grensestasjon
board-day = Dag
board-station = Grensestasjon
board-no-station = –
board-matched = Kopla
board-repeated = Gjentekne
board-ambiguous = Tvitydige
board-unmatched = Ikkje kopla
board-nothing = Ingen prøvesvar er mottekne.
not-tested-title = Ikkje testa
not-tested-caption = Innreiser som skulle vore testa og ikkje har ei prøve
not-tested-by = Skulle testast innan
not-tested-number = Nummer
not-tested-has-number = ja
not-tested-no-number = manglar
not-tested-nobody = Alle som skulle testast, har ei prøve.
not-tested-more = Vis fleire
result-mode-store = Prøvesvar blir lagra til innreisa blir sletta
result-mode-look-up = Prøvesvar blir slått opp og ikkje lagra
result-mode-wash-list = Køen blir vaska: berre dei med negativt svar blir ringde
result-policy-title = Kva som skjer med prøvesvar
result-policy-line = Frå { $date }: { $mode }. { $reason } ({ $name })
result-policy-adopt = Vedta ei anna ordning
result-policy-mode = Ordning
result-policy-from = Gjeld frå
result-policy-reason-hint = Heimel eller grunn. Han står i loggen.
result-policy-save = Vedta

## Who was shown what
nav-disclosures = Innsyn
print = Skriv ut
disclosures-title = Kven såg kva
disclosures-lead = Kvar gong nokon får sjå opplysningar om ei innreise, blir det skrive ned før dei blir viste. Loggen kjenner innreisene berre ved tilfeldige nummer.
disclosures-filter = Søk i loggen
disclosures-find = Finn innreisa til ein som ber om innsyn
disclosures-find-hint = Fødselsnummer, telefon eller referansekode som personen viser. Det du skriv, blir ikkje lagra.
disclosures-statement-of = Framkomst { $arrival }, registrert { $registered }, blir sletta { $ends }: vis kven som har sett
disclosures-by-entry = Nummeret til innreisa
disclosures-by-who = Id-en til brukaren
disclosures-by-receiver = Mottakar (organisasjonsnummer)
disclosures-municipality = Mottakar (kommune)
disclosures-kind = Korleis
disclosures-from = Frå og med
disclosures-until = Til og med
disclosures-caption = Utleveringar, dei siste først
disclosures-at = Tidspunkt
disclosures-who = Kven
disclosures-what = Kva
disclosures-count = Tal
disclosures-purpose = Føremål
disclosures-basis = Heimel
disclosures-receiver = Mottakar
disclosures-entries = Innreiser
disclosures-others = { $count ->
    [one] og 1 til
   *[other] og { $shown } til
}
disclosures-none-title = Ingen utleveringar passar
disclosures-none = Ingen har fått sjå noko som passar med søket.
disclosure-what = { $kind }: { $shown }
disclosure-opened = Opna
disclosure-listed = Vist i liste
disclosure-searched = Søkt
disclosure-exported = Teken ut i fil
disclosure-fed = Henta av fagsystem
disclosure-referred = Tilvist
disclosure-reported = Rapportert
disclosure-looked-up = Slått opp i annan kommune
shown-record = heile innreisa
shown-raw-records = dei eigne opplysningane til kjelda
shown-timeline = hendingane
shown-quarantine = karantene og fristar
shown-party = reisefølgjet
shown-row = rad i lista
shown-municipal-row = rad i lista til kommunen
shown-plain-row = rad utan helseopplysningar
shown-plain-record = innreisa utan helseopplysningar
shown-call-card = ringekort
shown-report = rapport frå samtale
shown-dates = berre datoar
shown-disclosures = kven som har sett
shown-look-up = oppslag på tvers av kommunar
shown-referral = tilvising
shown-feed = opplysningar til fagsystem
shown-hotel-guest = gjest på karantenehotell
shown-test-result = prøvesvar
purpose-quarantine-follow-up = Oppfølging av karanteneplikta
purpose-municipal-follow-up = Oppfølginga til kommunen
purpose-contact-tracing = Smittesporing
purpose-quarantine-service = Grensetest og karantenehotell
purpose-labour-inspection = Tilsyn med arbeidsgivarar
purpose-data-subject-rights = Rettane til den registrerte
legal-basis-5c-control-centre = covid-19-forskrifta § 5c andre ledd
legal-basis-5c-municipal-doctor = covid-19-forskrifta § 5c tredje ledd (kommunelege)
legal-basis-5c-labour-inspectorate = covid-19-forskrifta § 5c tredje ledd (Arbeidstilsynet)
legal-basis-5b-quarantine-service = covid-19-forskrifta § 5b
legal-basis-gdpr-data-subject = personvernforordninga artikkel 12–22
receiver-control-centre = Kontrollsenteret
statement-title = Kven har sett opplysningane
statement-back = Til søket i loggen
statement-lead = Denne oversikta viser kven som har fått sjå opplysningane om innreisa, når, til kva føremål og med kva heimel.
statement-registered = Innreisa vart registrert { $moment }.
statement-ends = Alt om ho blir sletta seinast { $moment }.
statement-made = Oversikta vart laga { $moment }.
statement-entry = Nummeret til innreisa:
statement-caption = Kven som har sett, dei første først. Oppslag med mindre enn ti minutt imellom står på éi linje.
statement-nobody-title = Ingen har sett opplysningane
statement-nobody = Det er ikkje vist noko om denne innreisa til nokon enno.
statement-gone-title = Innreisa finst ikkje lenger
statement-gone = Når ei innreise er sletta, kan ingen sjå kven ho gjaldt. Ein kan framleis søkje i loggen ved nummeret til innreisa.
statement-rights = Spørsmål om oversikta går til personvernombodet. Du kan klage til Datatilsynet.

# Files of lists
export-sheet-cover = Framside
export-sheet-rows = Innreiser
export-sheet-differences = Endra sidan sist
export-municipality = Kommune
export-list = Liste
export-filter = Utval
export-no-filter = Alle
export-made-at = Laga
export-made-by = Laga av
export-file-id = Id til fila
export-rows = Rader
export-differences = Endra sidan du sist såg
export-gone-by = Fila blir sletta seinast
export-sha256 = SHA-256 av radene
export-note = Om fila
export-note-words = Fila inneheld personopplysningar. Ho skal slettast seinast på tidspunktet over, også kopiar av ho og e-post ho er send med. Uttaket er ført i innsynsloggen.
export-id = Id
export-mark = Nytt
export-birth-date = Fødselsdato
export-place = Karantenestad
export-place-name = Namnet på staden
export-address = Adresse
export-postcode = Postnummer
export-obligation = Plikt
export-quarantine-ends = Karantene til
export-calls = Oppringninger
export-last-call = Sist oppringd
export-outcome = Utfall
export-result = Prøvesvar
export-due = Kva skjer vidare
export-moved = Flytta
export-news = Nytt
export-arrival-from = Framkomst frå
export-arrival-to = Framkomst til
export-tab-responsible = Ansvarlig
export-tab-hotel = Hotell her
export-tab-destination = Skal hit
export-tab-formerly = Tidlegare våre
export-news-new = berre nye
export-news-changed = berre endra
export-news-either = nye og endra
export-mark-new = ny
export-mark-changed = endra
export-mark-gone = flytta
export-move-hotel-stay = bur på karantenehotell
export-move-hotel-left = har reist frå karantenehotellet
export-move-source-changed = staden er retta
export-move-decided = avgjort på arbeidsbenken
export-move-declined = send tilbake
export-step-call = Blir ringt
export-step-call-back = Blir ringt tilbake etter avtale
export-step-followed-up = Følgd opp
export-step-handed-over = Kommunen har teke over
export-step-not-reached = Ikkje nådd
export-step-not-obliged = Inga plikt
export-step-departed = Har reist
export-step-not-called = Blir ikkje ringt
ground-export-xlsx = Regneark
ground-export-csv = CSV-fil
export-as-xlsx = Hent rekneark
export-as-csv = Hent CSV

# Delegation and look-up
nav-delegations = Delegering
nav-look-up = Oppslag
ground-official-need = Tenesteleg behov
delegations-title = Delegeringar
delegations-lead = Dei du delegerer til, arbeider i staden din i kommunen. Ei delegering som ikkje er stadfesta på 31 dagar, gir ingen tilgang før ho blir stadfesta.
delegations-caption = Delegeringar i kommunen
delegations-name = Namn
delegations-user = Id-en til brukaren
delegations-access = Tilgang
delegations-until = Til og med
delegations-confirm-before = Stadfest før
delegations-state = Tilstand
delegations-actions = Handlingar
delegations-with-health = Med helseopplysningar
delegations-without-health = Utan helseopplysningar
delegations-confirm-now = Må stadfestast
delegations-confirmation = Stadfest
delegations-withdrawal = Trekk tilbake
delegations-confirmation-of = Stadfest delegeringa til { $name }
delegations-withdrawal-of = Trekk tilbake delegeringa til { $name }
delegations-give = Ny delegering
delegations-save = Deleger
delegation-living = Gjeld
delegation-asleep = Søv
delegation-ended = Gått ut
delegation-withdrawn = Trekt tilbake
look-up-title = Oppslag i andre kommunar
look-up-lead = Finn ut kva kommune som har ansvaret for ein person. Oppslaget krev ein grunn og blir logga. Høgst ti oppslag i timen.
look-up-query = Fødselsnummer, passnummer, telefon eller referansekode, heilt ut
look-up-reason-hint = Skriv kvifor du treng det. Personvernombodet kan lese grunnen.
look-up-send = Slå opp
look-up-none = Fann ingen.
look-up-nobody = Ingen kommune enno
look-up-left = { $count ->
    [one] Eitt oppslag igjen denne timen.
   *[other] { $count } oppslag igjen denne timen.
}

nav-hotel = Karantenehotell
role-hotel-staff = Tilsett på karantenehotell
hotel-title = Karantenehotell
hotel-lead = Skriv inn og ut gjestene på hotellet. Kommunen som har ansvaret for oppfølginga, ser det med ein gong.
hotel-arrival-title = Gjest i skranken
hotel-query = Referansekode eller nummer
hotel-query-hint = Heile koden frå kvitteringa for innreiseregistreringa, eller heile fødselsnummeret, d-nummeret eller passnummeret.
hotel-query-missing = Skriv koden eller nummeret
hotel-none = Ingen har denne koden eller dette nummeret. Sjå etter at alt er skrive rett, eller be om kvitteringa.
hotel-found = Fødd { $born } · kom til landet { $arrival }
hotel-until-field = Ventast å reise (kan stå ope)
hotel-stays-here = Bur her
hotel-stays-elsewhere = Er sjekka inn på eit anna karantenehotell
hotel-check-in = Sjekk inn
hotel-change = Sjekk inn her (byter hotell)
hotel-check-out = Sjekk ut
hotel-check-out-of = Sjekk ut { $name }
hotel-checked-in = { $name } er sjekka inn.
hotel-checked-out = { $name } er sjekka ut.
hotel-guests-title = Gjester
hotel-guests-caption = Gjester etter namn
hotel-count = { $count ->
    [one] 1 gjest
   *[other] { $shown } gjester
}
hotel-more = Det er fleire enn dei som blir viste.
hotel-since = Kom
hotel-until = Ventast å reise
hotel-leave-column = Avreise
hotel-empty-title = Ingen gjester
hotel-empty = Når nokon blir sjekka inn, står dei her.
hotel-protected = Gjester med fortruleg adresse står ikkje i lista. Dei finst med referansekoden.
hotel-leave-title = Sjekke ut { $name }?
hotel-leave-text = Ansvaret for oppfølginga går over til kommunen gjesten reiser vidare til. Blir det feil, kan gjesten sjekkast inn att.
timeline-hotel-checked-in = Sjekka inn på { $hotel } ({ $municipality })
timeline-hotel-checked-out = Sjekka ut av karantenehotellet
