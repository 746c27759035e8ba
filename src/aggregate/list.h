/* Every aggregator, one line each, in the order of codist list. */
CODIST_AGGREGATOR(mean)
CODIST_AGGREGATOR(min)
CODIST_AGGREGATOR(logsumexp)
CODIST_AGGREGATOR(knn)
CODIST_AGGREGATOR(nearest_mean)
