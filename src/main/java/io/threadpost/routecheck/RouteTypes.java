package io.threadpost.routecheck;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.threadpost.settings.NearestWord;

/**
 * Every class that a route may name, or call a method of. A native executable finds classes by their name, and methods,
 * only if it was told of them when it was built: {@code META-INF/native-image} does, and a test keeps that the same as
 * this list. What is not on it is refused in a JVM, too, so that a route does the same wherever it runs.
 */
public final class RouteTypes {
    /** What a class is there for. */
    public enum Use {
        /** In {@code onException}, {@code doCatch} and {@code throwException}. */
        EXCEPTION,
        /** As {@code #class:} in {@code aggregationStrategy}. */
        STRATEGY,
        /** As {@code type} of a bean. */
        BEAN,
        /** To convert to, and to call methods of. */
        VALUE,
        /** What values are in truth: nobody names it, but its methods are called. */
        INSIDE
    }

    /**
     * One class.
     *
     * @param name as {@link Class#getName()} has it
     * @param methods the only ones that may be called; none for all that are public
     */
    public record Type(String name, Use use, Set<String> methods) {
        /** @return whether this method may be called, as far as its name goes */
        boolean offers(String method) {
            return methods.isEmpty() || methods.contains(method);
        }
    }

    private static final String EXCEPTIONS =
            """
            java.io: CharConversionException EOFException FileNotFoundException IOError IOException
              InterruptedIOException InvalidClassException InvalidObjectException NotSerializableException
              ObjectStreamException StreamCorruptedException UTFDataFormatException UncheckedIOException
              UnsupportedEncodingException
            java.lang: ArithmeticException ArrayIndexOutOfBoundsException ArrayStoreException AssertionError
              ClassCastException ClassNotFoundException CloneNotSupportedException Error Exception
              ExceptionInInitializerError IllegalAccessException IllegalArgumentException
              IllegalMonitorStateException IllegalStateException IndexOutOfBoundsException
              InstantiationException InterruptedException LinkageError NegativeArraySizeException
              NoClassDefFoundError NoSuchFieldException NoSuchMethodException NullPointerException
              NumberFormatException OutOfMemoryError ReflectiveOperationException RuntimeException
              SecurityException StackOverflowError StringIndexOutOfBoundsException Throwable
              UnsupportedOperationException VirtualMachineError
            java.net: BindException ConnectException HttpRetryException MalformedURLException
              NoRouteToHostException PortUnreachableException ProtocolException SocketException
              SocketTimeoutException URISyntaxException UnknownHostException UnknownServiceException
            java.nio: BufferOverflowException BufferUnderflowException InvalidMarkException
              ReadOnlyBufferException
            java.nio.channels: AlreadyBoundException AlreadyConnectedException AsynchronousCloseException
              ClosedByInterruptException ClosedChannelException ClosedSelectorException
              FileLockInterruptionException NonReadableChannelException NonWritableChannelException
              NotYetBoundException NotYetConnectedException OverlappingFileLockException
              UnresolvedAddressException UnsupportedAddressTypeException
            java.nio.charset: CharacterCodingException IllegalCharsetNameException MalformedInputException
              UnmappableCharacterException UnsupportedCharsetException
            java.nio.file: AccessDeniedException AtomicMoveNotSupportedException ClosedDirectoryStreamException
              ClosedFileSystemException ClosedWatchServiceException DirectoryIteratorException
              DirectoryNotEmptyException FileAlreadyExistsException FileSystemException FileSystemLoopException
              FileSystemNotFoundException InvalidPathException NoSuchFileException NotDirectoryException
              NotLinkException ReadOnlyFileSystemException
            java.security: DigestException GeneralSecurityException InvalidAlgorithmParameterException
              InvalidKeyException InvalidParameterException KeyException KeyManagementException
              KeyStoreException NoSuchAlgorithmException NoSuchProviderException PrivilegedActionException
              ProviderException SignatureException UnrecoverableEntryException UnrecoverableKeyException
            java.security.cert: CRLException CertPathBuilderException CertPathValidatorException
              CertStoreException CertificateEncodingException CertificateException CertificateExpiredException
              CertificateNotYetValidException CertificateParsingException CertificateRevokedException
            java.sql: BatchUpdateException SQLClientInfoException SQLDataException SQLException
              SQLFeatureNotSupportedException SQLIntegrityConstraintViolationException
              SQLInvalidAuthorizationSpecException SQLNonTransientConnectionException SQLNonTransientException
              SQLRecoverableException SQLSyntaxErrorException SQLTimeoutException
              SQLTransactionRollbackException SQLTransientConnectionException SQLTransientException
            java.text: ParseException
            java.time: DateTimeException
            java.time.format: DateTimeParseException
            java.time.temporal: UnsupportedTemporalTypeException
            java.util: ConcurrentModificationException DuplicateFormatFlagsException EmptyStackException
              FormatFlagsConversionMismatchException FormatterClosedException IllegalFormatCodePointException
              IllegalFormatConversionException IllegalFormatException IllegalFormatFlagsException
              IllegalFormatPrecisionException IllegalFormatWidthException IllformedLocaleException
              InputMismatchException MissingFormatArgumentException MissingFormatWidthException
              MissingResourceException NoSuchElementException UnknownFormatConversionException
              UnknownFormatFlagsException
            java.util.concurrent: BrokenBarrierException CancellationException CompletionException
              ExecutionException RejectedExecutionException TimeoutException
            java.util.regex: PatternSyntaxException
            java.util.zip: DataFormatException ZipException
            javax.crypto: AEADBadTagException BadPaddingException IllegalBlockSizeException
              NoSuchPaddingException
            javax.naming: NameNotFoundException NamingException
            javax.net.ssl: SSLException SSLHandshakeException SSLKeyException SSLPeerUnverifiedException
              SSLProtocolException
            javax.security.sasl: AuthenticationException SaslException
            io.threadpost.connector: ConnectorException
            io.threadpost.digest: BrokenTemplateException
            io.threadpost.ledger: LeaseLostException LedgerException
            io.threadpost.mailbox: MailboxDownException UnreadableMailException
            io.threadpost.network: ProxyRefusedException
            io.threadpost.oauth: NoTokenException
            io.threadpost.pull: RouteMissingException WindowStuckException
            io.threadpost.spool: PostponedException RejectedItemException TargetDownException
              UnfitBodyException UnreachableException UnreadableParcelException
            org.apache.camel: CamelAuthorizationException CamelException CamelExchangeException
              CamelExecutionException CamelUnitOfWorkException ExchangeTimedOutException
              ExpectedBodyTypeException ExpressionEvaluationException ExpressionIllegalSyntaxException
              InvalidPayloadException InvalidPayloadRuntimeException InvalidPropertyException
              NoFactoryAvailableException NoSuchBeanException NoSuchBeanTypeException NoSuchEndpointException
              NoSuchHeaderException NoSuchHeaderOrPropertyException NoSuchLanguageException
              NoSuchPropertyException NoSuchVariableException NoTypeConversionAvailableException
              PropertyBindingException ResolveEndpointFailedException RollbackExchangeException
              RuntimeCamelException RuntimeExchangeException RuntimeExpressionException
              RuntimeTransformException StreamCacheException TypeConversionException ValidationException
            org.apache.camel.component.bean: AmbiguousMethodCallException MethodNotFoundException
              ParameterBindingException
            org.apache.camel.component.direct: DirectConsumerNotAvailableException
            org.apache.camel.component.file: GenericFileOperationFailedException
            org.apache.camel.component.kafka: KafkaConsumerFatalException
            org.apache.camel.component.kamelet: KameletConsumerNotAvailableException KameletNotFoundException
            org.apache.camel.component.seda: SedaConsumerNotAvailableException
            org.apache.camel.http.base: HttpOperationFailedException
            org.apache.camel.language.bean: RuntimeBeanExpressionException
            org.apache.camel.language.simple.types: SimpleIllegalSyntaxException SimpleParserException
            org.apache.camel.processor: ThrottlerRejectedExecutionException
            org.apache.camel.processor.aggregate: ClosedCorrelationKeyException
            org.apache.camel.processor.idempotent: NoMessageIdException
            org.apache.camel.processor.resequencer: MessageRejectedException
            org.apache.camel.spi: OptimisticLockingAggregationRepository$OptimisticLockingException
            org.apache.camel.support.processor: PredicateValidationException
            org.apache.camel.util.json: DeserializationException
            com.fasterxml.jackson.core: JacksonException JsonGenerationException JsonParseException
              JsonProcessingException
            com.fasterxml.jackson.core.exc: InputCoercionException StreamConstraintsException
              StreamReadException StreamWriteException
            com.fasterxml.jackson.core.io: JsonEOFException
            com.fasterxml.jackson.databind: DatabindException JsonMappingException RuntimeJsonMappingException
            com.fasterxml.jackson.databind.exc: IgnoredPropertyException InvalidDefinitionException
              InvalidFormatException InvalidNullException InvalidTypeIdException MismatchedInputException
              PropertyBindingException UnrecognizedPropertyException ValueInstantiationException
            com.jayway.jsonpath: InvalidCriteriaException InvalidJsonException InvalidModificationException
              InvalidPathException JsonPathException PathNotFoundException ValueCompareException
            com.jayway.jsonpath.spi.mapper: MappingException
            io.netty.channel: ConnectTimeoutException
            jakarta.jms: IllegalStateException IllegalStateRuntimeException InvalidClientIDException
              InvalidClientIDRuntimeException InvalidDestinationException InvalidDestinationRuntimeException
              InvalidSelectorException InvalidSelectorRuntimeException JMSException JMSRuntimeException
              JMSSecurityException JMSSecurityRuntimeException MessageEOFException MessageFormatException
              MessageFormatRuntimeException MessageNotReadableException MessageNotWriteableException
              MessageNotWriteableRuntimeException ResourceAllocationException ResourceAllocationRuntimeException
              TransactionInProgressException TransactionInProgressRuntimeException
              TransactionRolledBackException TransactionRolledBackRuntimeException
            jakarta.mail: AuthenticationFailedException FolderClosedException FolderNotFoundException
              IllegalWriteException MessageRemovedException MessagingException MethodNotSupportedException
              NoSuchProviderException ReadOnlyFolderException SendFailedException StoreClosedException
            jakarta.mail.internet: AddressException ParseException
            jakarta.mail.search: SearchException
            org.apache.hc.client5.http: CircularRedirectException ClientProtocolException
              ConnectTimeoutException HttpHostConnectException HttpResponseException RedirectException
              UnsupportedSchemeException
            org.apache.hc.client5.http.auth: AuthenticationException InvalidCredentialsException
              MalformedChallengeException
            org.apache.hc.client5.http.impl: ConnectionShutdownException ScramException TunnelRefusedException
            org.apache.hc.client5.http.impl.classic: RequestAbortedException RequestFailedException
            org.apache.hc.core5.http: ConnectionClosedException ConnectionRequestTimeoutException
              ContentTooLongException HttpException HttpStreamResetException LengthRequiredException
              MalformedChunkCodingException MessageConstraintException MethodNotSupportedException
              MisdirectedRequestException NoHttpResponseException NotImplementedException ParseException
              ProtocolException RequestHeaderFieldsTooLargeException RequestNotExecutedException
              StreamClosedException TruncatedChunkException UnsupportedHttpVersionException
            org.apache.hc.core5.ssl: SSLInitializationException
            org.apache.hc.core5.util: DeadlineTimeoutException
            org.apache.kafka.clients.consumer: CommitFailedException InvalidOffsetException
              LogTruncationException NoOffsetForPartitionException OffsetOutOfRangeException
              RetriableCommitFailedException
            org.apache.kafka.common: InvalidRecordException KafkaException
            org.apache.kafka.common.config: ConfigException
            org.apache.kafka.common.errors: ApiException AuthenticationException AuthorizationException
              AuthorizerNotReadyException ClusterAuthorizationException ConcurrentTransactionsException
              CoordinatorLoadInProgressException CoordinatorNotAvailableException CorruptRecordException
              DisconnectException DuplicateSequenceException FencedLeaderEpochException
              GroupAuthorizationException GroupIdNotFoundException GroupNotEmptyException
              GroupSubscribedToTopicException IllegalGenerationException IneligibleReplicaException
              InterruptException InvalidConfigurationException InvalidGroupIdException InvalidMetadataException
              InvalidOffsetException InvalidPartitionsException InvalidProducerEpochException
              InvalidRequestException InvalidRequiredAcksException InvalidSessionTimeoutException
              InvalidTimestampException InvalidTopicException InvalidTxnStateException
              InvalidTxnTimeoutException KafkaStorageException LeaderNotAvailableException
              MemberIdRequiredException NetworkException NewLeaderElectedException NotCoordinatorException
              NotEnoughReplicasAfterAppendException NotEnoughReplicasException NotLeaderOrFollowerException
              OffsetNotAvailableException OffsetOutOfRangeException OperationNotAttemptedException
              OutOfOrderSequenceException PolicyViolationException ProducerFencedException
              RebalanceInProgressException RebootstrapRequiredException RecordBatchTooLargeException
              RecordDeserializationException RecordTooLargeException ReplicaNotAvailableException
              RetriableException SaslAuthenticationException SecurityDisabledException SerializationException
              SslAuthenticationException ThrottlingQuotaExceededException TimeoutException
              TopicAuthorizationException TopicExistsException TransactionAbortableException
              TransactionAbortedException TransactionCoordinatorFencedException
              TransactionalIdAuthorizationException TransactionalIdNotFoundException UnknownLeaderEpochException
              UnknownMemberIdException UnknownProducerIdException UnknownServerException UnknownTopicIdException
              UnknownTopicOrPartitionException UnstableOffsetCommitException
              UnsupportedByAuthenticationException UnsupportedCompressionTypeException
              UnsupportedForMessageFormatException UnsupportedSaslMechanismException UnsupportedVersionException
              WakeupException
            org.apache.qpid.jms: JmsConnectionRemotelyClosedException JmsOperationTimedOutException
              JmsResourceNotFoundException JmsSendTimedOutException JmsTransactionInDoubtException
            org.apache.qpid.jms.exceptions: IdConversionException JMSSecuritySaslException
              JmsConnectionClosedException JmsConnectionFailedException QpidJmsException
            org.apache.qpid.jms.provider: ProviderException
            org.apache.qpid.jms.provider.exceptions: ProviderClosedException
              ProviderConnectionRedirectedException ProviderConnectionRemotelyClosedException
              ProviderConnectionResourceAllocationException ProviderConnectionResourceNotFoundException
              ProviderConnectionSecurityException ProviderConnectionSecuritySaslException
              ProviderDeliveryModifiedException ProviderDeliveryReleasedException ProviderFailedException
              ProviderIOException ProviderIdleTimeoutException ProviderIllegalStateException
              ProviderInvalidClientIDException ProviderInvalidDestinationException
              ProviderOperationTimedOutException ProviderResourceAllocationException
              ProviderResourceClosedException ProviderResourceNotFoundException ProviderSecurityException
              ProviderSendTimedOutException ProviderTransactionInDoubtException
              ProviderTransactionRolledBackException ProviderUnsupportedOperationException
            org.eclipse.angus.mail.iap: BadCommandException CommandFailedException ConnectionException
              LiteralException ParsingException ProtocolException
            org.eclipse.angus.mail.imap: ReferralException
            org.eclipse.angus.mail.imap.protocol: IMAPReferralException
            org.eclipse.angus.mail.smtp: SMTPAddressFailedException SMTPAddressSucceededException
              SMTPSendFailedException SMTPSenderFailedException
            org.eclipse.angus.mail.util: DecodingException MailConnectException SocketConnectException
            org.postgresql.util: PSQLException
            org.springframework.core: NestedRuntimeException
            org.springframework.jms: IllegalStateException InvalidClientIDException InvalidDestinationException
              InvalidSelectorException JmsException JmsSecurityException MessageEOFException
              MessageFormatException MessageNotReadableException MessageNotWriteableException
              ResourceAllocationException TransactionInProgressException TransactionRolledBackException
              UncategorizedJmsException
            org.springframework.jms.support.converter: MessageConversionException
            org.springframework.jms.support.destination: DestinationResolutionException
            org.sqlite: SQLiteException
            """;

    private static final String STRATEGIES =
            """
            org.apache.camel.processor.aggregate: GroupedBodyAggregationStrategy
              GroupedExchangeAggregationStrategy GroupedMessageAggregationStrategy StringAggregationStrategy
              UseLatestAggregationStrategy UseOriginalAggregationStrategy
            """;

    private static final String BEANS =
            """
            org.apache.camel.processor.aggregate: MemoryAggregationRepository OptimisticLockRetryPolicy
            org.apache.camel.support.processor.idempotent: FileIdempotentRepository MemoryIdempotentRepository
            org.apache.camel.processor.errorhandler: RedeliveryPolicy
            org.apache.camel.support: DefaultHeaderFilterStrategy SimpleUuidGenerator
            org.apache.camel.http.common: HttpHeaderFilterStrategy
            org.apache.camel.component.jms: JmsHeaderFilterStrategy
            org.apache.camel.component.amqp: AMQPComponent
            org.apache.camel.component.http: HttpComponent
            org.apache.camel.component.kafka: KafkaComponent KafkaHeaderFilterStrategy
            org.apache.qpid.jms: JmsConnectionFactory
            org.messaginghub.pooled.jms: JmsPoolConnectionFactory
            """;

    private static final String VALUES =
            """
            java.lang: String CharSequence StringBuilder Boolean Byte Short Integer Long Float Double Number
              Character Math Object Class System Iterable Comparable Enum
            java.math: BigDecimal BigInteger MathContext RoundingMode
            java.util: List Map Map$Entry Set Collection Iterator ListIterator Queue Deque SortedMap
              NavigableMap SortedSet NavigableSet ArrayList LinkedList ArrayDeque HashMap LinkedHashMap TreeMap
              HashSet LinkedHashSet TreeSet Properties AbstractMap$SimpleEntry AbstractMap$SimpleImmutableEntry
              Collections Arrays Objects StringJoiner StringTokenizer Optional OptionalInt OptionalLong
              OptionalDouble UUID Date Calendar GregorianCalendar TimeZone Locale Currency Random Base64
              Base64$Encoder Base64$Decoder
            java.util.concurrent: ConcurrentHashMap CopyOnWriteArrayList ThreadLocalRandom TimeUnit
            java.util.concurrent.atomic: AtomicBoolean AtomicInteger AtomicLong
            java.util.regex: Pattern Matcher MatchResult
            java.time: Instant LocalDate LocalTime LocalDateTime ZonedDateTime OffsetDateTime OffsetTime
              Duration Period Year YearMonth MonthDay Month DayOfWeek ZoneId ZoneOffset Clock
            java.time.format: DateTimeFormatter TextStyle
            java.time.temporal: ChronoUnit ChronoField Temporal TemporalAdjusters
            java.text: SimpleDateFormat DecimalFormat NumberFormat
            java.sql: Timestamp
            java.net: URI URL URLEncoder URLDecoder
            java.nio: ByteBuffer
            java.nio.charset: Charset StandardCharsets
            java.nio.file: Path
            java.io: File InputStream ByteArrayInputStream BufferedInputStream FileInputStream OutputStream
              ByteArrayOutputStream Reader BufferedReader InputStreamReader StringReader Writer StringWriter
              Serializable
            com.fasterxml.jackson.databind: JsonNode
            com.fasterxml.jackson.databind.node: ObjectNode ArrayNode TextNode NumericNode IntNode LongNode
              BigIntegerNode DoubleNode DecimalNode BooleanNode NullNode MissingNode
            org.apache.camel: Exchange Message CamelContext Endpoint ExchangePattern LoggingLevel StreamCache
              WrappedFile
            org.apache.camel.spi: IdempotentRepository AggregationRepository HeaderFilterStrategy
            org.apache.camel.component.file: GenericFile
            org.apache.camel.component.http: HttpMethods
            jakarta.jms: DeliveryMode
            """;

    private static final String INSIDE =
            """
            java.util: Arrays$ArrayList ArrayList$SubList ArrayList$Itr AbstractList$Itr Collections$EmptyList
              Collections$EmptyMap Collections$EmptySet Collections$SingletonList Collections$SingletonMap
              Collections$SingletonSet Collections$UnmodifiableCollection Collections$UnmodifiableList
              Collections$UnmodifiableRandomAccessList Collections$UnmodifiableMap Collections$UnmodifiableSet
              Collections$UnmodifiableMap$UnmodifiableEntrySet Collections$UnmodifiableCollection$1
              Collections$SynchronizedMap Collections$SynchronizedRandomAccessList ImmutableCollections$List12
              ImmutableCollections$ListN ImmutableCollections$SubList ImmutableCollections$Map1
              ImmutableCollections$MapN ImmutableCollections$Set12 ImmutableCollections$SetN
              ImmutableCollections$ListItr ImmutableCollections$SetN$SetNIterator KeyValueHolder HashMap$KeySet
              HashMap$Values HashMap$EntrySet HashMap$Node HashMap$KeyIterator HashMap$ValueIterator
              HashMap$EntryIterator LinkedHashMap$LinkedKeySet LinkedHashMap$LinkedValues
              LinkedHashMap$LinkedEntrySet LinkedHashMap$Entry LinkedHashMap$LinkedKeyIterator
              LinkedHashMap$LinkedValueIterator LinkedHashMap$LinkedEntryIterator TreeMap$KeySet TreeMap$Values
              TreeMap$EntrySet TreeMap$Entry TreeMap$KeyIterator TreeMap$ValueIterator TreeMap$EntryIterator
              SequencedCollection SequencedMap SequencedSet
            java.util.concurrent: ConcurrentHashMap$KeySetView ConcurrentHashMap$ValuesView
              ConcurrentHashMap$EntrySetView ConcurrentHashMap$MapEntry
            java.time: ZoneRegion Clock$SystemClock
            java.nio: HeapByteBuffer
            sun.nio.fs: UnixPath
            sun.nio.cs: UTF_8 ISO_8859_1 US_ASCII
            sun.util.calendar: ZoneInfo
            io.threadpost.connector: MessageThread ThreadPage
            io.threadpost.files: FileContent
            io.threadpost.json: RawJson
            org.apache.qpid.jms: JmsQueue JmsTopic
            org.apache.camel.quarkus.core: FastCamelContext
            org.apache.camel.support: DefaultExchange DefaultMessage DefaultPooledExchange DefaultEndpoint
              MonotonicClock ResetableClock
            org.apache.camel.converter.stream: ByteArrayInputStreamCache CachedOutputStream$WrappedInputStream InputStreamCache FileInputStreamCache
              ReaderCache
            org.apache.camel.util: CaseInsensitiveMap
            org.apache.camel.component.file: GenericFileMessage
            org.apache.camel.component.jms: JmsMessage
            org.apache.camel.processor.aggregate: AbstractListAggregationStrategy$GroupedExchangeList
            org.apache.camel.util: ObjectHelper
            [B [Ljava.lang.String; [Ljava.lang.Object;
            """;

    private static final Set<String> OF_A_CONTEXT =
            Set.of("getName", "getVersion", "getUptime", "getStatus", "isStarted", "getRoutesSize", "getEndpoints");
    private static final Set<String> OF_AN_ENDPOINT = Set.of("getEndpointUri", "getEndpointBaseUri", "getEndpointKey");

    /** Classes of which most methods would lead away from the message, or out of the program. */
    private static final Map<String, Set<String>> METHODS = Map.of(
            "java.lang.Class",
            Set.of("getName", "getSimpleName", "getTypeName", "getPackageName", "getCanonicalName", "toString"),
            "java.lang.System",
            Set.of("currentTimeMillis", "nanoTime", "lineSeparator"),
            "org.apache.camel.util.ObjectHelper",
            Set.of("arrayLength"),
            "org.apache.camel.CamelContext",
            OF_A_CONTEXT,
            "org.apache.camel.quarkus.core.FastCamelContext",
            OF_A_CONTEXT,
            "org.apache.camel.Endpoint",
            OF_AN_ENDPOINT,
            "org.apache.camel.support.DefaultEndpoint",
            OF_AN_ENDPOINT);

    private static final int FEW = 12;

    private final Map<String, Type> types = new LinkedHashMap<>();

    public RouteTypes() {
        add(VALUES, Use.VALUE);
        add(EXCEPTIONS, Use.EXCEPTION);
        add(STRATEGIES, Use.STRATEGY);
        add(BEANS, Use.BEAN);
        add(INSIDE, Use.INSIDE);
    }

    /** @return all, those first that are met most often */
    public Collection<Type> all() {
        return types.values();
    }

    /** @return the names of those for this use */
    public List<String> names(Use use) {
        return types.values().stream()
                .filter(type -> type.use() == use)
                .map(Type::name)
                .toList();
    }

    /** @return the class of this name, if it is on the list and nobody's inside */
    Optional<Type> named(String name) {
        return Optional.ofNullable(types.get(name)).filter(type -> type.use() != Use.INSIDE);
    }

    /** @return what is listed of this class */
    Optional<Type> of(Class<?> type) {
        return Optional.ofNullable(types.get(type.getName()));
    }

    /** @return the advice for a name that is not on the list: the nearest of these uses, by its last part */
    String instead(String written, Use... uses) {
        // What all of a kind end in says nothing of which one was meant.
        String ending = written.endsWith("Exception") ? "Exception" : "";
        Map<String, String> known = new LinkedHashMap<>();
        for (Use use : uses) {
            names(use).forEach(name -> known.putIfAbsent(stem(name, ending), name));
        }
        String word = stem(written, ending);
        return Optional.ofNullable(known.get(word))
                .or(() -> new NearestWord(known.keySet())
                        .likely(word)
                        .filter(near -> near.regionMatches(true, 0, word, 0, 1))
                        .map(known::get))
                .map(near -> "did you mean `" + near + "`?")
                .orElseGet(() -> "docs/reference/classes.md lists them"
                        + (List.of(uses).contains(Use.EXCEPTION) && uses.length == 1
                                ? "; java.lang.Exception is any"
                                : known.size() <= FEW ? ": " + String.join(", ", known.values()) : ""));
    }

    private static String stem(String name, String ending) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return last.endsWith(ending) ? last.substring(0, last.length() - ending.length()) : last;
    }

    private void add(String list, Use use) {
        String folder = "";
        for (String word : list.split("\\s+")) {
            if (word.endsWith(":")) {
                folder = word.substring(0, word.length() - 1) + ".";
            } else if (!word.isEmpty()) {
                String name = word.startsWith("[") ? word : folder + word;
                types.put(name, new Type(name, use, METHODS.getOrDefault(name, Set.of())));
            }
        }
    }
}
