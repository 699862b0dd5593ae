package io.threadpost.routecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of finding, with its position and its text. In the YAML, « marks the expected position. */
class FindingsTest {
    private static final String MARK = "«";
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private final RouteLinter checks = new RouteLinter(TestRouteContext.usual());

    static Stream<Arguments> errors() {
        return Stream.of(
                step(
                        "- to: {uri: digest:x, parameters: {to: «sales@hotel.example; owner}}\n- split: {simple: "
                                + "'${body}', steps: [{to: spool:digest-mails}]}",
                        "`sales@hotel.example; owner` is not a mail address; write one like reception@hotel.example"),
                step(
                        "- to: {uri: digest:x, parameters: {zone: «Prague}}\n- split: {simple: '${body}', steps: "
                                + "[{to: spool:digest-mails}]}",
                        "`Prague` is not a time zone; write one like Europe/Prague"),
                step(
                        "- to: {uri: digest:x, parameters: {language: «english}}\n- split: {simple: '${body}', "
                                + "steps: [{to: spool:digest-mails}]}",
                        "`english` is not a language of digests; write en, de or cs"),
                step("- «tooo: direct:x", "unknown `tooo`; did you mean `to`?"),
                step("- to: {«urii: direct:x}", "unknown `urii` in `to`; did you mean `uri`?"),
                step("- «to: {description: x}", "`uri` is missing in `to`; write `uri: …`"),
                step("- to: {«uri: }", "`uri` is missing in `to`; write `uri: …`"),
                step("- log: a\n  «stop: {}", "`stop` is in the same list entry as `log`; begin it with its own dash"),
                step(
                        "- split: {simple: '${body}', steps: «all}",
                        "`steps` is `all`; write a list: lines that begin with a dash"),
                step(
                        "- loop: {constant: 2, copy: «perhaps, steps: [{log: a}]}",
                        "`copy` is `perhaps`; write true or false"),
                step(
                        "- log: {message: a, loggingLevel: «LOUD}",
                        "`loggingLevel` cannot be `LOUD`; write one of TRACE,"),
                step("- «split: {steps: [{log: a}]}", "an expression is missing in `split`; write `expression:"),
                step("- «filter: {simple: '${body} == 1'}", "`filter` has no steps; write at least one below `steps`"),
                step(
                        "- setBody: {simple: a, «constant: b}",
                        "`constant` conflicts with `simple` in `setBody`; keep one of them"),
                step("- setBody: {simple: a, «simple: b}", "duplicate key `simple`, first in line 7; keep one of them"),
                step("- to: «dirct:x", "there is no component `dirct` in this build; did you mean `direct`?"),
                step("- to: «sql:select", "there is no component `sql` in this build; "),
                step("- to: {uri: «'log:'}", "`loggerName` is missing in `log:`; write it like log:loggerName"),
                step(
                        "- to: {uri: log:x, parameters: {«levle: INFO}}",
                        "unknown option `levle` of `log`; did you mean `level`?"),
                step("- to: log:x?«levle=INFO", "unknown option `levle` of `log`; did you mean `level`?"),
                step(
                        "- to: {uri: «'sftp:h/in', parameters: {tempFileName: x}}",
                        "the server's host key is not checked, so another machine could take the files and the "
                                + "password; write"),
                step(
                        "- to: {uri: «'file:x', parameters: {fileName: a, fileExist: Append, tempPrefix: t}}",
                        "`fileExist: Append` writes into the file itself, so there is no temporary file; remove"),
                step(
                        "- to: {uri: «'file:x?fileName=a&fileExist=Move'}",
                        "`fileExist: Move` and `moveExisting` need each"),
                step(
                        "- to: {uri: «'file:x?fileName=a&moveExisting=b'}",
                        "`fileExist: Move` and `moveExisting` need each"),
                step(
                        "- pollEnrich: {simple: «'file:x?delete=true&move=done'}",
                        "`delete` and `move` exclude each other; remove one of them"),
                step(
                        "- to: {uri: 'sftp:h/in', parameters: {tempFileName: x, strictHostKeyChecking: yes, "
                                + "password: «hunter22}}",
                        "the value of `password` is written into the file; write {{key}} there"),
                step(
                        "- process: {ref: «fileAsBody}",
                        "nothing follows `fileAsBody`, so nothing would be delivered; write the step that "
                                + "delivers, such as `to: sftp:…`"),
                step(
                        "- to: {uri: log:x, parameters: {groupSize: «some}}",
                        "the option `groupSize` cannot be `some`; write a number"),
                step(
                        "- to: {uri: log:x, parameters: {showAll: «maybe}}",
                        "the option `showAll` cannot be `maybe`; write true or false"),
                step(
                        "- to: {uri: log:x, parameters: {level: «LOUD}}",
                        "the option `level` cannot be `LOUD`; write one of TRACE,"),
                step(
                        "- to: {uri: seda:x, parameters: {timeout: «soon}}",
                        "the option `timeout` cannot be `soon`; write it like 500ms"),
                step("- to: «timer:x", "nothing can be sent to `timer`; use it in `from`"),
                step("- to: «windows:open", "nothing can be sent to `windows`; use it in `from`"),
                step("- to: «spool:Files", "`Files` is not a valid spool name; write lower-case letters"),
                step("- enrich: {constant: «fool:x}", "there is no component `fool` in this build; "),
                step(
                        "- log: 'a «{{threadpost.pull.perod}}'",
                        "unknown setting `threadpost.pull.perod`; did you mean `threadpost.pull.period`?"),
                step("- log: 'a «{{threadpost.pull.period'", "`{{` is not closed; write `}}` after the setting's key"),
                step("- log: '«{{}}'", "`{{}}` names no setting; write it like {{its.key}}"),
                step("- log: '${body} «${boddy}'", "simple: there is no function `${boddy}`; did you mean `body`?"),
                step("- log: '${body} «${body'", "simple: `${` is not closed; write `}` where the function ends"),
                step(
                        "- filter: {simple: «'${body} = 1', steps: [{log: a}]}",
                        "simple: Unexpected token =; `=` is no operator; did you mean `==`?"),
                step(
                        "- filter: {simple: «\"${body} beginsWith 'a'\", steps: [{log: a}]}",
                        "simple: Unexpected token b; `beginsWith` is no operator; did you mean `startsWith`?"),
                step(
                        "- filter: {simple: «\"${body} contians 'a b c'\", steps: [{log: a}]}",
                        "simple: Unexpected token c; `contians` is no operator; did you mean `contains`?"),
                step(
                        "- setBody: {«groovy: a}",
                        "the language `groovy` does not work in a native executable; write it in simple"),
                step(
                        "- setBody: {language: {language: «joor, expression: a}}",
                        "the language `joor` does not work in a native"),
                step(
                        "- setBody: {language: {language: «simpel, expression: a}}",
                        "there is no language `simpel` in this build; did you mean `simple`?"),
                step(
                        "- setBody: {expression: {«simpel: a}}",
                        "unknown `simpel` in `expression`; did you mean `simple`?"),
                step("- marshal: {«csv: {}}", "there is no data format `csv` in this build; "),
                step("- «marshal: {}", "the data format is missing in `marshal`; write it, such as `json: {}`"),
                step(
                        "- to: {uri: 'http:h', parameters: {authPassword: «hunter22}}",
                        "the value of `authPassword` is written into the file; write {{key}} there"),
                step("- to: «http://me:hunter22@h/x", "a password is written into the address; write {{key}} there"),
                step(
                        "- setHeader: {name: Authorization, constant: «Bearer hunter22}",
                        "the value of `Authorization` is written into the file; write {{key}} there"),
                step(
                        "- log: «the " + TestRouteContext.SECRET,
                        "a secret is written into the file; write {{key}} there"),
                step(
                        "- log: «'{{threadpost.connector.client-token:}}'",
                        "one of Threadpost's own secrets is used; leave it out"),
                step(
                        "- setBody: {constant: «'{{threadpost.smtp.password}}'}",
                        "one of Threadpost's own secrets is used; leave it out"),
                step(
                        "- setBody: {constant: «'{{env:THREADPOST_CONNECTIONS_MAIN_ACCESS_TOKEN}}'}",
                        "one of Threadpost's own secrets is used; leave it out"),
                step(
                        "- setBody: {simple: «'${env.THREADPOST_MAIL_NORTH_OAUTH_REFRESH_TOKEN}'}",
                        "one of Threadpost's own secrets is used; leave it out"),
                step(
                        "- setBody: {simple: «'${properties:threadpost.api.token}'}",
                        "one of Threadpost's own secrets is used; leave it out"),
                step(
                        "- to: {uri: 'http:h', parameters: {authPassword: «'{{sys:threadpost.queue.password:x}}'}}",
                        "one of Threadpost's own secrets is used; leave it out"),
                step(
                        "- doTry: {steps: [{log: a}], doCatch: [{exception: [«com.acme.Gone], steps: [{log: b}]}]}",
                        "there is no class `com.acme.Gone` that a route may name; docs/reference/classes.md lists "
                                + "them"),
                step(
                        "- throwException: {exceptionType: «java.lang.String, message: x}",
                        "`java.lang.String` is not an exception; write the name of"),
                step(
                        "- convertBodyTo: «Strin",
                        "there is no class `Strin` that a route may name; did you mean `java.lang.String`?"),
                step(
                        "- bean: {beanType: «com.acme.Gone}",
                        "there is no class `com.acme.Gone` that a route may name; docs/reference/classes.md lists "
                                + "them"),
                step("- unmarshal: {json: {unmarshalType: «com.acme.Gone}}", "there is no class `com.acme.Gone`"),
                step(
                        "- setBody: {simple: {expression: a, resultType: «Gone}}",
                        "there is no class `Gone` that a route may name"),
                step("- setBody: {jsonpath: «'$.['}", "jsonpath: `$.[` is malformed; write it like"),
                step(
                        "- setExchangePattern: «InOnlyy",
                        "`setExchangePattern` cannot be `InOnlyy`; did you mean `InOnly`?"),
                step(
                        "- multicast: {timeout: «soon, steps: [{log: a}]}",
                        "`timeout` cannot be `soon`; write it like 500ms"),
                step("- «transacted: {}", "there is no transaction manager in this build; remove it"),
                step(
                        "- filter: {simple: '${body} == 1', «stepps: [{log: a}]}",
                        "unknown `stepps` in `filter`; did you mean `steps`?"),
                step(
                        "- log: 'Bearer «{{hashicorp:secret:crm/token}}'",
                        "there is no vault `hashicorp` in this build; give the value to a setting"),
                step(
                        "- log: '«{{aws:crm-token}}'",
                        "there is no vault `aws` in this build; give the value to a setting"),
                step("- log: '«{{secret:binding/token}}'", "there is no vault `secret` in this build"),
                step("- log: '«{{k8s-secret:binding/token}}'", "there is no vault `k8s-secret` in this build"),
                step(
                        "- log: '«{{my.vault}}'",
                        "the value of the setting `my.vault` refers to a vault, and there is none"),
                step(
                        "- log: '${header.«ThreadpostConection}'",
                        "Threadpost has no header `ThreadpostConection`; did you mean `ThreadpostConnection`?"),
                step(
                        "- filter: {exchangeProperty: «ThreadpostWalkin, steps: [{log: a}]}",
                        "Threadpost has no property `ThreadpostWalkin`; did you mean `ThreadpostWalking`?"),
                file(
                        "- «rest: {path: /x, get: [{path: /y, to: 'direct:y'}]}\n",
                        "there is no REST consumer in this build; consume a spool, a queue or a mailbox"),
                file(
                        "- route: {id: a, description: A., from: {uri: 'direct:route-thread', steps: [{log: "
                                + "'${body[«Subjekt]}'}]}}\n",
                        "a thread has no field `Subjekt`; did you mean `Subject`?"),
                file(
                        "- route: {id: a, description: A., from: {uri: 'spool:mail', steps: [{process: {ref: "
                                + "readMail}}, {log: '${body[«Subjct]}'}]}}\n",
                        "a mail has no field `Subjct`; did you mean `subject`?"),
                step(
                        "- to: «'direct:${header.a}'",
                        "the fixed address `direct:${header.a}` contains `${`; use `toD` in"),
                step(
                        "- to: «'file:out/${header.a}'",
                        "the fixed address `file:out/${header.a}` contains `${`; write what changes into `fileName`"),
                step(
                        "- to: {uri: file:out, parameters: {fileName: '«${header.a'}}",
                        "simple: `${` is not closed; write `}`"),
                step(
                        "- to: {uri: «'http:h?a=b', parameters: {httpMethod: PUT}}",
                        "`http:h?a=b` has options after the `?` and below `parameters`; keep the address with its "
                                + "query in a setting"),
                step(
                        "- to: {uri: «'log:h?showAll=true', parameters: {level: INFO}}",
                        "`log:h?showAll=true` has options after the `?` and below `parameters`; write all of them "
                                + "below"),
                step(
                        "- to: {uri: 'http:h', parameters: {responseTimeout: «soon}}",
                        "this timeout cannot be `soon`; write it like 500ms"),
                step(
                        "- toD: {uri: «'http://h/${header.id}', parameters: {skipControlHeaders: true}}",
                        "with `skipControlHeaders`, `toD` sends to the service's root, without path and query; remove"),
                step(
                        "- to: {uri: spool:x, parameters: {parcel: «0}}",
                        "the option `parcel` cannot be `0`; write a number of 1 or more"),
                step(
                        "- to: {uri: «spool, parameters: {name: Files}}",
                        "`Files` is not a valid spool name; write lower-case letters"),
                step(
                        "- process: {ref: «threadsAsJson}",
                        "nothing follows `threadsAsJson`, so nothing would be delivered; write the step"),
                step("- to: «digest:x?to=a@example.com&from=b@example.com", "nothing follows `digest:x"),
                step("- to: «'files:xml'", "there is no `files:xml`; write files:json, files:ndjson or files:csv"),
                step(
                        "- to: {uri: 'files:csv', parameters: {folder: «'../${header.a}'}}",
                        "`folder` leads elsewhere; write a place below"),
                step(
                        "- to: {uri: 'files:csv', parameters: {charset: «latin-99}}",
                        "there is no charset `latin-99`; write one such as"),
                step(
                        "- to: {uri: 'files:csv', parameters: {separator: «pipe}}",
                        "the separator cannot be `pipe`; write one character"),
                step("- «log: ''", "`log` has no message; write the message"),
                step(
                        "- log: '${body} «${exchangeProprty.a}'",
                        "simple: there is no function `${exchangeProprty.a}`; did you mean `exchangeProperty`?"),
                step("- unmarshal: {«csv: {}}", "there is no data format `csv` in this build; write one of json"),
                file(
                        "- route: {id: a, description: A., «from: {uri: 'windows:open', steps: [{process: {ref: "
                                + "cursorLoop}}]}}\n",
                        "the step `commitPage` is missing, so nothing would be pulled; restore it as in"),
                file(
                        "- «errorHandler: {deadLetterChannel: {deadLetterUri: 'log:a'}}\n",
                        "a top-level error handler would apply to the routes of all files; write it into the route"),
                file(
                        "- route: {«id: , description: A., from: {uri: 'direct:a', steps: [{log: a}]}}\n",
                        "the route's `id` is empty; give it a name"),
                file(
                        "- beans: [{name: a, type: «'#class:com.acme.Gone'}]\n",
                        "there is no class `com.acme.Gone` that a route may name; "),
                file(
                        "- route: {id: a, description: A., from: {uri: «'spool:a?batch=5&parallel=2', steps: "
                                + "[{log: a}]}}\n",
                        "`parallel` hands out single items, and `batch` lists of them; keep one"),
                step("-«\tlog: a", "a tab is not allowed here; write spaces instead of tabs"),
                step("- log: «'a", "a quoted text is not closed; close the quote"),
                step("- log: «[a", "a bracket is not closed; close `[` by `]` and `{` by `}`"),
                step("- log: a«: b", "unexpected colon; put a text with `: ` in it into quotes"),
                step("- log: «&a a", "the YAML anchor `&a` is not allowed; write out what it stands for"),
                step("- log: «*a", "the YAML alias `*a` is not allowed; write out what it stands for"),
                step(
                        "- log: a«\u0007",
                        "the character U+0007 is not allowed in a text file; save the file as UTF-8 text"),
                file("«route: {}\n", "the file is a map, and nothing of it would be loaded; begin with `- route:`"),
                file("«", "the file is empty; write routes into it, or remove it"),
                file("- stop: {}\n«---\n- stop: {}\n", "a second document begins here; remove `---`"));
    }

    static Stream<Arguments> warnings() {
        return Stream.of(
                step(
                        "- log: '«{{threadpost.connector.address}}'",
                        "the setting `threadpost.connector.address` has no value; set it"),
                step(
                        "- to: {uri: «'ftp:h/in', parameters: {tempFileName: x}}",
                        "`ftp` sends password and files unencrypted; use `sftp` or `ftps`"),
                step(
                        "- to: {uri: «'ftps:h/in'}",
                        "the file has its final name while it is being written, so a reader may take half of it; "
                                + "write"),
                step(
                        "- to: {uri: 'sftp:h', parameters: {knownHostsFile: /etc/hosts, privateKeyFile: k, "
                                + "username: «me,"
                                + " tempPrefix: x, strictHostKeyChecking: yes}}",
                        "the user's name `username` is written into the file"),
                step(
                        "- to: {uri: 'http:h', parameters: {authUsername: «me}}",
                        "the user's name `authUsername` is written into the file"),
                step(
                        "- to: {uri: spool:x, parameters: {«batch: 5}}",
                        "the option `batch` of `spool` has no effect here; it belongs to `from`"),
                step(
                        "- to: {uri: 'http:h', parameters: {«htpMethod: PUT}}",
                        "unknown option `htpMethod` of `http`; did you mean `httpMethod`?"),
                step(
                        "- to: {uri: 'http:h', parameters: {userAgent: «'{{my.recipient}}'}}",
                        "the value of `{{my.recipient}}` contains `&` or `+`, which would be read as part of the "
                                + "address;"
                                + " write `RAW({{my.recipient}})`"),
                step(
                        "- setHeader: {name: Guest-Name, constant: a}\n- log: '${header.«Guest-Nam}'",
                        "nothing in this file sets the header `Guest-Nam`; did you mean `Guest-Name`?"),
                step(
                        "- log: '${header.«CamelHttpResponsCode}'",
                        "nothing in this file sets the header `CamelHttpResponsCode`; did you mean "
                                + "`CamelHttpResponseCode`?"),
                step(
                        "- log: '«${bean:type:java.time.LocalDate?method=parse}'",
                        "Camel calls any of the 2 methods `parse` of `java.time.LocalDate`; write the arguments, such"
                                + " as `parse(${body})`"),
                step(
                        "- bean: {beanType: java.time.LocalDate, method: «parse}",
                        "Camel calls any of the 2 methods `parse` of `java.time.LocalDate`; write the arguments"),
                step(
                        "- to: «'class:java.time.LocalTime?method=parse'",
                        "Camel calls any of the 2 methods `parse` of `java.time.LocalTime`; write the arguments"),
                step(
                        "- setVariable: {name: guest, constant: a}\n- log: '${variable.«gest}'",
                        "nothing in this file sets the variable `gest`; did you mean `guest`?"),
                file(
                        "- route: {id: a, description: A., from: {uri: 'direct:route-thread', steps: [{log: "
                                + "'${body[«Room]}'}]}}\n",
                        "a thread has no field `Room`; write one of Added, Also, CreatedUtc, Id,"),
                file(
                        "- route: {id: a, description: A., from: {uri: 'spool:crm', steps: [{log: "
                                + "'${body[«Subjekt]}'}]}}\n",
                        "a thread has no field `Subjekt`; did you mean `Subject`?"),
                file(
                        "- route: {id: a, description: A., from: {uri: «'amqp:queue:x', steps: [{log: a}, {to: "
                                + "'spool:x'}]}}\n",
                        "the sender to `amqp` sets headers that control the following steps; begin with `- "
                                + "removeHeaders:"),
                step(
                        "- to: «'smtp:mail.example'",
                        "headers of the message become headers of the mail, To and Bcc among"),
                step(
                        "- to: {uri: 'http:h', parameters: {«api-version: 5}}",
                        "`api-version` is sent as `apiVersion`; write it into the address: keep the whole address"),
                step(
                        "- to: {uri: 'http:h', parameters: {okStatusCodeRange: «'200,404-'}}",
                        "the statuses cannot be `200,404-`; write them like 200-299,404"),
                step(
                        "- to: {uri: 'http:h', parameters: {okStatusCodeRange: «'200-299, 404'}}",
                        "the statuses cannot be `200-299, 404`; write them like 200-299,404"),
                step(
                        "- to: {uri: 'http:h', parameters: {throwExceptionOnFailure: «false}}",
                        "every answer counts as a success, 401 and 500 too; leave this option out"),
                step(
                        "- to: «'https://h/x?api-version=2&sig=a%2Bbcdefgh'",
                        "the value of `sig` is written into the file; keep the whole address with its query"),
                step(
                        "- setBody: {simple: «'{\"text\": \"New: ${body[Subject]}\"}'}",
                        "a quotation mark or line break in a value breaks this JSON; set a variable for each field"),
                file(
                        "- «route: {id: a, from: {uri: 'direct:a', steps: [{log: a}]}}\n",
                        "this route has no `description`; describe its purpose in one sentence"),
                step(
                        "- toD: «'http://localhost/${header.id}?httpMethod=POST'",
                        "the address is made of the message's headers or body"),
                step(
                        "- toD: {uri: 'http://localhost/', parameters: {httpMethod: «'${body[method]}'}}",
                        "the address is made of the message's headers or body"),
                step("- recipientList: {header: «to}", "the address is made of the message's headers or body"),
                step(
                        "- routingSlip: {simple: «'direct:a,${in.header.next}'}",
                        "the address is made of the message's headers or body"),
                file(
                        "- «route: {description: A., from: {uri: 'direct:a', steps: [{log: a}]}}\n",
                        "this route has no `id`; give it one"));
    }

    static Stream<String> good() {
        return Stream.of(
                        "- log: '${bean:type:java.time.LocalDate?method=parse(${body})}'",
                        "- log: '${bean:type:java.time.Instant?method=now}'",
                        "- log: '${body.size()} ${body[0].onOneLine()} ${header.kafka.KEY} ${header.x.y} "
                                + "${exchange.fromEndpoint.endpointUri}'",
                        "- log: '{{my.own:default}} {{?my.other}} {{threadpost.pull.period}} {{env:HOME}}'",
                        "- to: {uri: 'http:{{my.address}}', parameters: {httpMethod: post, authPassword: "
                                + "'{{my.address}}', page: 5}}",
                        "- toD: 'http://localhost/${exchangeProperty.id}?httpMethod=POST'",
                        "- to: {uri: '{{my.hook}}', parameters: {httpMethod: POST}}",
                        "- to: 'https://h/x?api-version=2&sig=a%2Bb&httpMethod=POST'",
                        "- to: {uri: 'http:h', parameters: {okStatusCodeRange: '200-299,404'}}",
                        "- to: {uri: 'http:h', parameters: {throwExceptionOnFailure: false}}\n"
                                + "- log: '${header.CamelHttpResponseCode}'",
                        "- setBody: {simple: '{\"count\": ${body[Id]}, \"text\": \"fixed\"}'}",
                        "- to: {uri: direct, parameters: {name: x}}",
                        "- to: {uri: log, parameters: {loggerName: x}}",
                        "- convertBodyTo: byte[]",
                        "- setBody: {jsonpath: '${header.path}'}",
                        "- multicast: {timeout: 5s, steps: [{log: a}]}",
                        "- setHeader: {name: Authorization, simple: 'Bearer {{my.address}}'}",
                        "- split: {tokenize: {token: ','}, steps: [{log: '${body}'}]}",
                        "- filter: {simple: \"${body[Subject]} contains 'x' && ${header.a} > 5\", steps: [{log: a}]}",
                        "- choice: {when: [{simple: '${body} == 1', steps: [{log: a}]}], otherwise: {steps: "
                                + "[{stop: {}}]}}",
                        "- setBody: {jsonpath: {expression: $.Id, resultType: java.lang.String}}",
                        "- doTry: {steps: [{log: a}], doCatch: [{exception: [java.lang.Exception], steps: [{log: "
                                + "'${exception.message}'}]}]}",
                        "- marshal: {json: {}}",
                        "- log: {message: 5, loggingLevel: debug}",
                        "- loop: {constant: 3, copy: '{{my.copy:true}}', steps: [{delay: {constant: 10}}]}",
                        "- to: {uri: 'file:out', parameters: {fileName: '${header.name}', fileExist: append}}",
                        "- setProperty: {name: tokenCount, constant: 5}",
                        "- log: '${header.JMSMessageID} ${header.CamelHttpResponseCode} "
                                + "${exchangeProperty.CamelSplitIndex} ${body[Anything]}'",
                        "- to: {uri: 'https://h/x', variableReceive: answer}\n- log: "
                                + "'${variable.header:answer.Date} ${variable.answer}'",
                        "- removeHeaders: {pattern: '*'}\n- to: 'smtp:mail.example'",
                        "- stop: {}")
                .map(FindingsTest::route);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorHasItsPlaceAndSaysWhatToDo(String yaml, String words) {
        assertFound(yaml, words, RouteFinding.Severity.ERROR);
    }

    @ParameterizedTest
    @MethodSource("warnings")
    void warningHasItsPlaceAndSaysWhatToDo(String yaml, String words) {
        assertFound(yaml, words, RouteFinding.Severity.WARNING);
    }

    @ParameterizedTest
    @MethodSource("good")
    void whatIsGoodIsLeftInPeace(String yaml) {
        assertThat(check(yaml)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "direct:route-thread', steps: [{log: '${body[Subject]}'}, {setBody: {simple: 'a ${body[Id]}'}}, "
                        + "{log: '${body[Own]}'}]",
                "direct:route-thread', steps: [{setVariable: {name: Guest, constant: a}}, {process: {ref: "
                        + "setFields}}, {log: '${body[Guest]}'}]",
                "direct:route-thread', steps: [{log: '${body[Added]} ${body[Also]}'}]",
                "spool:crm', steps: [{log: '${body[Id]} ${body[Whatever]}'}]",
                "spool:mail', steps: [{process: {ref: readMail}}, {to: 'mail:judge'}, {log: '${body[person]} "
                        + "${body[headers][x-spam]}'}]",
                "amqp:queue:x', steps: [{setProperty: {name: id, simple: '${header.JMSMessageID}'}}, "
                        + "{removeHeaders: {pattern: '*'}}, {to: 'spool:x'}]"
            })
    void namesThatCanBeThereAreLeftInPeace(String route) {
        assertThat(check("- route: {id: a, description: A., from: {uri: '" + route + "}}\n"))
                .isEmpty();
    }

    @Test
    void nothingOfTheFileIsEchoedAtLengthOrOverSeveralLines() {
        List<RouteFinding> findings = check(route("- to: \"foo" + "o".repeat(500) + "\\n\\u001b[31m:x\""));

        assertThat(findings).isNotEmpty().allSatisfy(routeFinding -> assertThat(routeFinding.text())
                .hasSizeLessThan(200)
                .matches("[^\\p{Cntrl}]+"));
    }

    @Test
    void anyTextAtAllGivesAFinding() {
        for (String text : List.of(
                "\uFEFF- ", "\0", "%", "!!java.util.Date 1", "? [a]: b", "- ? {a: b}\n  : c", "{{{{", "|", "\ud800")) {
            assertThat(check(text)).as(text).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{", "${", "${body}", "[", "?a=1&", "- to: direct:x?a=1\n"})
    void noFileOfAMegabyteTakesLong(String piece) {
        String much = piece.repeat((1 << 20) / piece.length() - 300);
        String text = piece.repeat(15_000 / piece.length()).replace("\n", " ");
        for (String file : List.of(
                much,
                route("- log: \"" + much + "\""),
                route("- to: direct:a?" + much),
                route(("- log: '" + text + "'\n").repeat(50)))) {
            long begun = THREADS.getCurrentThreadCpuTime();
            List<RouteFinding> findings = check(file);
            assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - begun))
                    .as("CPU time")
                    .isLessThan(Duration.ofSeconds(60));
            assertThat(findings.size()).isLessThan(250);
        }
    }

    private void assertFound(String marked, String words, RouteFinding.Severity severity) {
        String before = marked.substring(0, marked.indexOf(MARK));
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        int column = before.length() - before.lastIndexOf('\n');

        List<RouteFinding> found = check(marked.replace(MARK, "")).stream()
                .filter(routeFinding -> routeFinding.severity() == severity)
                .toList();

        assertThat(found).singleElement().satisfies(routeFinding -> assertThat(routeFinding.text())
                .startsWith("a.camel.yaml:" + line + ":" + column + ": "
                        + severity.name().toLowerCase(Locale.ROOT) + ": " + words));
    }

    private List<RouteFinding> check(String yaml) {
        return checks.check(new RouteSource("a.camel.yaml", yaml)).findings();
    }

    private static Arguments step(String step, String words) {
        return Arguments.of(route(step), words);
    }

    private static Arguments file(String text, String words) {
        return Arguments.of(text, words);
    }

    private static String route(String step) {
        return """
                - route:
                    id: a
                    description: A route.
                    from:
                      uri: direct:a
                      steps:
                """
                + step.indent(8);
    }
}
