package io.threadpost.routecheck;

import java.util.Set;

/** Where an expression stands. */
final class ExpressionReader {
    /** Definitions that cannot do without; the schema does not say so. */
    static final Set<String> NEEDED = Set.of(
            "SplitDefinition",
            "FilterDefinition",
            "LoopDefinition",
            "ThrottleDefinition",
            "SetBodyDefinition",
            "SetHeaderDefinition",
            "SetPropertyDefinition",
            "SetVariableDefinition",
            "TransformDefinition",
            "ValidateDefinition",
            "ScriptDefinition",
            "RecipientListDefinition",
            "RoutingSlipDefinition",
            "DynamicRouterDefinition",
            "EnrichDefinition",
            "PollEnrichDefinition",
            "IdempotentConsumerDefinition",
            "ResequenceDefinition",
            "WhenDefinition",
            "OnWhenDefinition",
            "DelayDefinition",
            "ExpressionSubElementDefinition",
            "PropertyExpressionDefinition");

    private ExpressionReader() {}
}
