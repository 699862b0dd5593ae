/**
 * Mails from raw bytes to a thread, or to a reason why there is none: each has a record with a number, a state and a
 * reason for people.
 *
 * <p>It knows the ledger, which stores mails, the spool, which transports them, and its own {@code mime} and
 * {@code judge}, which know nothing of it. It promises that a mail is the same mail however often it is fetched, that
 * reading one never fails and never loses it, and that every mail that does not become a thread is parked with a reason
 * until a person decides.
 *
 * <p>To follow a mail, step by step, with the class to begin at:
 *
 * <ol>
 *   <li>from {@code mailbox:all}: {@code MailboxWatcher} polls the folder ({@code FolderPoll}) and fetches
 *       ({@code MailFetch})
 *   <li>{@code stageMail}: {@code StageMailProcessor} stores bytes, record and item, {@link MailRepository#stage}
 *   <li>{@code readMail}: {@link ReadMailProcessor}, by {@code mime.MimeReader}
 *   <li>{@code mail:judge}: {@link JudgeProducer}, by {@code judge.MailJudge}; then {@link SubjectProducer}, or
 *       {@link ParkProducer}
 *   <li>{@code addThread}: {@code AddThreadProcessor}, by {@code ThreadAdder}
 *   <li>{@code settleMail}: {@link SettleMailProcessor} records the thread, or parks what the platform refused
 *   <li>back to the mailbox: {@code FolderProjection} moves or flags the mail
 * </ol>
 */
package io.threadpost.mail;
