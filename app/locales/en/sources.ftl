# The list of authorities.
sources-title = Authorities
sources-lead = The sources that the municipality fetches information from.
sources-none = No source is connected.
sources-source = Source
sources-state = State
sources-last-success = Last answer
sources-last-failure = Last failure
sources-day = Last 24 hours
sources-waits = Waits at most
sources-act = Open
sources-open = Open
sources-address = Address
sources-protocol-ssbtek = SSBTEK: SOAP with certificates
sources-protocol-json = JSON over HTTP
sources-on = On
sources-off = Switched off
sources-never = never
sources-failed-at = { $at }, { $what }
sources-day-count = { $asked ->
    [0] no questions
    [one] 1 question
   *[other] { $asked } questions
}, { $failed ->
    [0] no failures
    [one] 1 failure
   *[other] { $failed } failures
}
sources-timeouts = { $connect } for contact, { $answer } for an answer
sources-milliseconds = { $number } ms
sources-seconds = { $number } s

# One source.
source-page = { $name }, authority
source-facts = About the source
source-certificate = The certificate is valid up to and including
source-switch = On or off
source-switch-on-text = The source is asked when somebody applies. If it is switched off, those who apply fill in the information themselves.
source-switch-off-text = The source is not asked. Those who apply fill in the information themselves.
source-switch-on = Switch on
source-switch-off = Switch off
source-switched = Changed by { $name } { $at }
source-test = Test the connection
source-test-text = The test only asks whether the source is there. No information about any person is sent.
source-test-button = Test the connection
source-test-caption = The stages of the test
source-test-good = The connection works
source-test-bad = The connection does not work
source-test-running = Running
source-test-running-text = The test is not finished. Reload the page in a moment.
source-tested = { $name }, { $at }
source-untested = The connection has not been tested yet.
source-stage = Stage
source-stage-dns = Find the address
source-stage-tcp = Reach it
source-stage-tls = Certificates
source-stage-authorisation = Be let in
source-stage-sample = Get an answer
source-result = Result
source-took = Time
source-detail = Remark
source-passed = went well
source-failed = failed
source-not-tried = not tried

# What is wrong, and what is good to know.
source-problem-unknown-host = The name in the address does not exist.
source-problem-forbidden-address = The address leads to a network that is not allowed.
source-problem-no-connection = Nothing answers at the address.
source-problem-timed-out = The answer did not come in time.
source-problem-certificate-expired = The source’s certificate is not valid now.
source-problem-certificate-unknown = The source’s certificate was not issued by anyone that we trust.
source-problem-certificate-for-other = The source’s certificate was issued for another address.
source-problem-tls-failed = No secure connection could be agreed on.
source-problem-denied = The source did not accept our certificate or key.
source-problem-source-failed = The source answered that something is wrong with it.
source-problem-malformed = The answer was not of the agreed form.
source-problem-settings = The settings of the source cannot be used. The error is in the log of the service.
source-note-addresses = { $count ->
    [one] 1 address
   *[other] { $count } addresses
}
source-note-valid-until = The certificate is valid up to and including { $day }.
source-note-code = The source’s code: { $code }
source-note-agency-not-called = The service answered. The authority itself cannot be tested.
